package io.orderbridge.notice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What values of customers and systems may do to a text: nothing. */
final class ValueText {
  // Control characters, line and paragraph separators, and marks that turn the direction of text.
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}\\p{Zl}\\p{Zp}\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");
  private static final String DOTS = "…";

  private ValueText() {}

  /** One line of what can be seen; half a character that was cut elsewhere is left out. */
  static String clean(String value) {
    StringBuilder whole = new StringBuilder(value.length());
    value
        .codePoints()
        .filter(point -> Character.getType(point) != Character.SURROGATE)
        .forEach(whole::appendCodePoint);
    return UNSEEN.matcher(whole).replaceAll(" ").strip();
  }

  static String html(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String url(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** At most so many UTF-16 units, the last of them a mark of what is missing; no half ones. */
  static String cut(String text, int max, String mark) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - mark.length();
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, Math.max(end, 0)) + mark;
  }

  /** At most so many characters (code points). */
  static String cut(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max - 1)) + DOTS;
  }

  /** At most so many bytes of UTF-8. */
  static String cutBytes(String text, int max) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= max) {
      return text;
    }
    int left = max - DOTS.getBytes(StandardCharsets.UTF_8).length;
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      left -= text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (left < 0) {
        break;
      }
      end = next;
    }
    return text.substring(0, end) + DOTS;
  }
}
