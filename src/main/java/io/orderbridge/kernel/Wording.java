package io.orderbridge.kernel;

import java.util.Locale;

/**
 * One sentence for people, in both languages of the product. It carries no secret and no personal
 * data, and says what to do next where something has to be done.
 *
 * @param zh Chinese
 * @param en English
 */
public record Wording(String zh, String en) {
  public Wording {
    if (zh == null || zh.isBlank() || en == null || en.isBlank()) {
      throw new IllegalArgumentException("a sentence is missing in Chinese (zh) or English (en)");
    }
  }

  /** Fills {@code %s} and the like in both sentences; both take the same values in their order. */
  public static Wording of(String zh, String en, Object... values) {
    return new Wording(zh.formatted(values), en.formatted(values));
  }

  /** The sentence in a language; whatever is not Chinese is answered in English. */
  public String in(Locale locale) {
    return locale.getLanguage().equals("zh") ? zh : en;
  }
}
