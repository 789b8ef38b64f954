package io.orderbridge.books;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a source said of a day. It never changes; what came later is a version of its own.
 *
 * @param version 1, 2, 3, ... of this day
 * @param sums by currency in minor units
 * @param seal by which it is found out when it was changed all the same
 */
public record Snapshot(long id, Of of, int version, Instant takenAt, Sums sums, Seal seal) {
  /** Which source and day. */
  public record Of(String source, LocalDate day) {}

  /**
   * @param entries lines that are entries
   * @param aside lines that could not be read
   * @param columns names of the cells as they came
   * @param totals by currency, in minor units
   */
  public record Sums(long entries, long aside, String columns, Map<String, BigInteger> totals) {
    public Sums {
      totals = new TreeMap<>(totals);
    }

    String text() {
      return totals.toString().replaceAll("[{},]", "").replace('=', ' ');
    }

    static Map<String, BigInteger> totals(String text) {
      Map<String, BigInteger> totals = new TreeMap<>();
      String[] words = text.split(" ");
      for (int i = 0; i + 1 < words.length; i += 2) {
        totals.put(words[i], new BigInteger(words[i + 1]));
      }
      return totals;
    }
  }

  /**
   * Hashes in hexadecimal digits.
   *
   * @param content over the entries in order, then the lines that were put aside
   * @param previous of the snapshot before it of the same source; empty for the first
   * @param hash over everything, {@code previous} included
   */
  public record Seal(String content, String previous, String hash) {}
}
