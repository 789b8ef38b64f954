package io.orderbridge.notice;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The word that somebody may have meant, for error texts. */
final class NearestWord {
  private NearestWord() {}

  /** The one with the fewest letters to change; the first of the alphabet among equals. */
  static String of(String asked, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String word) -> distance(small(asked), small(word)))
                .thenComparing(Comparator.naturalOrder()))
        .orElse("");
  }

  private static String small(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  // Levenshtein's, one row at a time.
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
