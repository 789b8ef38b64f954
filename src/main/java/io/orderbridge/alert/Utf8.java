package io.orderbridge.alert;

import java.nio.charset.StandardCharsets;

/** Texts as robots measure them: by the bytes of UTF-8, of which a Chinese character has three. */
final class Utf8 {
  private static final String CUT = "…";
  // A line break forges a second line, and marks of direction turn a text around.
  private static final String UNSHOWN = "[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+";

  private Utf8() {}

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * The text, or as many whole characters of it as fit together with a "…".
   *
   * @param max bytes; where not even "…" fits, nothing is left
   */
  static String cut(String text, int max) {
    if (bytes(text) <= max) {
      return text;
    }
    int left = max - bytes(CUT);
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      left -= bytes(text.substring(end, next));
      if (left < 0) {
        break;
      }
      end = next;
    }
    return max < bytes(CUT) ? "" : text.substring(0, end) + CUT;
  }

  /** One line of visible characters. */
  static String line(String text) {
    return text.replaceAll(UNSHOWN, " ").strip();
  }
}
