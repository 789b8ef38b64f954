package io.orderbridge.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Names that somebody may have meant, for error texts. */
public final class NearNames {
  private static final int SHOWN_MAX = 5;

  private NearNames() {}

  /** The nearest of the known names, best first; "none" when none is known. */
  public static String of(String asked, Collection<String> known) {
    if (known.isEmpty()) {
      return "none";
    }
    return known.stream()
        .sorted(
            Comparator.comparingInt((String name) -> distance(asked, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(SHOWN_MAX)
        .collect(Collectors.joining(", "));
  }

  /** Levenshtein's, one row at a time. */
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
