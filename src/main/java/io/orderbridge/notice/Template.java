package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A notice in the words of one channel, and what its vendors call it.
 *
 * @param name of the notice, for example {@code shipped}
 * @param version 0 for what is shipped
 * @param html whether the text is HTML, in which values are escaped
 * @param vendors by connection
 */
public record Template(
    String name,
    String channel,
    int version,
    TextTemplate title,
    TextTemplate text,
    TextTemplate link,
    boolean html,
    Map<String, VendorWords> vendors) {
  // There the vendor sends its own approved text, which it knows by an id.
  private static final Set<String> VENDORS_TEXT = Set.of("sms", "wechat");
  private static final String PUSH = "push";
  private static final int PUSH_TITLE_MAX = 50;
  private static final int TITLE_MAX = 200;
  // A push has 4 KB with title, link and values (JPush and FCM, read 2026-12-02): half for the
  // text.
  private static final int PUSH_TEXT_BYTES_MAX = 2_048;

  /**
   * A value that was too long, or had what the vendor does not take.
   *
   * @param place as in the body of the template
   */
  record Cut(String place, String value, String sent) {}

  /**
   * The message for one vendor. Values are cleaned of line breaks and the like, escaped, and cut to
   * what the vendor takes.
   *
   * @param connection of the vendor
   * @param textMax characters (code points) that it takes
   * @param values by {@link Variable#word}; what is missing or empty is not known
   * @throws Refusal TEMPLATE_INVALID when this vendor needs words of its own and has none, or the
   *     text cannot be cut to what it takes
   */
  public Rendered render(String connection, int textMax, Map<String, String> values) {
    return render(connection, textMax, values, cut -> {});
  }

  Rendered render(String connection, int textMax, Map<String, String> values, Consumer<Cut> cuts) {
    VendorWords words = vendors.get(connection);
    if (words == null && VENDORS_TEXT.contains(channel)) {
      throw invalid(
          "/vendors/" + connection,
          "%s.%s has no words for %s, which sends a text of its own; it has words for %s"
              .formatted(name, channel, connection, vendors.keySet()));
    }
    Map<String, String> clean = new HashMap<>();
    values.forEach(
        (key, value) ->
            clean.put(
                key, ValueRule.cleaned(channel, ValueText.clean(value == null ? "" : value))));
    return new Rendered(
        title(clean, cuts),
        text(textMax, clean, cuts),
        link.render(clean, ValueText::url),
        words == null ? "" : words.template(),
        words == null ? "" : words.signature(),
        words == null ? Map.of() : values(connection, words, clean, cuts),
        version);
  }

  private String title(Map<String, String> values, Consumer<Cut> cuts) {
    String whole = title.render(values, UnaryOperator.identity());
    String cut = ValueText.cut(whole, channel.equals(PUSH) ? PUSH_TITLE_MAX : TITLE_MAX);
    return told("/title", whole, cut, cuts);
  }

  private String text(int textMax, Map<String, String> values, Consumer<Cut> cuts) {
    String whole = text.render(values, html ? ValueText::html : UnaryOperator.identity());
    String cut = ValueText.cut(whole, textMax);
    if (channel.equals(PUSH)) {
      cut = ValueText.cutBytes(cut, PUSH_TEXT_BYTES_MAX);
    }
    if (html && !cut.equals(whole)) {
      throw invalid("/text", "is HTML of more than the %d characters taken".formatted(textMax));
    }
    return told("/text", whole, cut, cuts);
  }

  private Map<String, String> values(
      String connection, VendorWords words, Map<String, String> values, Consumer<Cut> cuts) {
    Map<String, String> fitting = new LinkedHashMap<>();
    words
        .values()
        .forEach(
            (key, value) -> {
              String whole = value.render(values, UnaryOperator.identity());
              String fit = ValueRule.find(channel, key).fit(whole, words.max().get(key));
              fitting.put(
                  key, told("/vendors/%s/values/%s".formatted(connection, key), whole, fit, cuts));
            });
    return fitting;
  }

  private static String told(String place, String whole, String sent, Consumer<Cut> cuts) {
    if (!sent.equals(whole)) {
      cuts.accept(new Cut(place, whole, sent));
    }
    return sent;
  }

  private static Refusal invalid(String place, String message) {
    return new Refusal(Cause.TEMPLATE_INVALID, place, message);
  }
}
