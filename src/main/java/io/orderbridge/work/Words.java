package io.orderbridge.work;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a body that could be the number of an order: runs of letters and digits with a digit
 * in them. A message that died before it was mapped says which order it is about nowhere else.
 */
final class Words {
  // Shorter ones stand in every body, as quantities and days.
  private static final int LENGTH_MIN = 4;
  private static final int LENGTH_MAX = 100;
  // An order names itself near the top; a file of rows would fill the index with thousands.
  private static final int WORDS_MAX = 1_000;
  private static final int BYTES_MAX = 256 * 1024;

  // What only writes a character differently: in URLs and forms, and in JSON.
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}");
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9]{" + LENGTH_MIN + "," + LENGTH_MAX + "}");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");

  private Words() {}

  /** The words of a body in the order in which they stand there, each once. */
  static Set<String> of(byte[] body) {
    int length = Math.min(body.length, BYTES_MAX);
    return of(new String(body, 0, length, StandardCharsets.ISO_8859_1));
  }

  /**
   * The words by which a body that names this number is found; empty when the number has none of
   * its own, such as 17.
   */
  static List<String> naming(String number) {
    return new ArrayList<>(of(number));
  }

  private static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    var matcher = WORD.matcher(ESCAPE.matcher(text).replaceAll(" "));
    while (matcher.find() && words.size() < WORDS_MAX) {
      if (DIGIT.matcher(matcher.group()).find()) {
        words.add(matcher.group());
      }
    }
    return words;
  }
}
