package io.orderbridge.notice;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How long a vendor's value may be, and of what, by channel and name of the value. The first that
 * fits decides. What a vendor template allows beyond that, its {@code max} says.
 *
 * <p>{@code wechat}: typed names of template messages (thing1, phrase2, ...), from the platform's
 * page on parameter types, read 2026-12-02. {@code sms}: the vendors take 35 characters per value
 * by default, no link and no brackets of a signature in it; read 2026-12-02.
 *
 * @param max UTF-16 units, which is never more than what a vendor counts
 */
record ValueRule(String channel, Pattern name, int max, Chars chars) {
  /** What is left of a value. */
  enum Chars {
    ANY("", "…"),
    /** Digits, letters and signs; the mark of a cut is none of them. */
    ASCII("[^\\x20-\\x7E]", ""),
    /** Han characters. */
    HAN("\\P{IsHan}", ""),
    SMS("[【】\\[\\]]|(?i:https?://|www\\.)[^\\s，。；、）)]*", "…");

    private final Pattern left;
    private final String mark;

    Chars(String left, String mark) {
      this.left = Pattern.compile(left);
      this.mark = mark;
    }

    String of(String value) {
      return left.pattern().isEmpty() ? value : left.matcher(value).replaceAll("").strip();
    }
  }

  static final int MAX_LIMIT = 500;

  private static final String SMS = "sms";
  private static final String WECHAT = "wechat";
  private static final List<ValueRule> ALL =
      List.of(
          of(WECHAT, "thing\\d+", 20, Chars.ANY),
          of(WECHAT, "character_string\\d+", 32, Chars.ASCII),
          of(WECHAT, "phrase\\d+", 5, Chars.HAN),
          of(WECHAT, "(time|date)\\d+", 32, Chars.ANY),
          of(WECHAT, "amount\\d+", 16, Chars.ANY),
          of(WECHAT, "(number|letter)\\d+", 32, Chars.ASCII),
          of(WECHAT, "symbol\\d+", 5, Chars.ANY),
          of(WECHAT, "phone_number\\d+", 17, Chars.ASCII),
          of(WECHAT, "car_number\\d+", 8, Chars.ANY),
          of(WECHAT, "name\\d+", 10, Chars.ANY),
          of(SMS, ".*", 35, Chars.SMS),
          of("", ".*", MAX_LIMIT, Chars.ANY));

  private static ValueRule of(String channel, String name, int max, Chars chars) {
    return new ValueRule(channel, Pattern.compile(name), max, chars);
  }

  static ValueRule find(String channel, String name) {
    return ALL.stream()
        .filter(rule -> rule.channel.isEmpty() || rule.channel.equals(channel))
        .filter(rule -> rule.name.matcher(name).matches())
        .findFirst()
        .orElseThrow();
  }

  /** What of every value of a channel is left, wherever it stands. */
  static String cleaned(String channel, String value) {
    return channel.equals(SMS) ? Chars.SMS.of(value) : value;
  }

  /** The value as the vendor takes it. */
  String fit(String value, Integer maxOfTemplate) {
    return ValueText.cut(chars.of(value), maxOfTemplate == null ? max : maxOfTemplate, chars.mark);
  }
}
