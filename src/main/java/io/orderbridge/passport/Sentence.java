package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;

/** Fills both languages at once, each with its own words where a value has some. */
final class Sentence {
  private Sentence() {}

  /** As {@link Wording#of}; a value that is a {@link Wording} gives each language its own. */
  static Wording of(String zh, String en, Object... values) {
    Object[] chinese = new Object[values.length];
    Object[] english = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean both = values[i] instanceof Wording;
      chinese[i] = both ? ((Wording) values[i]).zh() : values[i];
      english[i] = both ? ((Wording) values[i]).en() : values[i];
    }
    return new Wording(zh.formatted(chinese), en.formatted(english));
  }
}
