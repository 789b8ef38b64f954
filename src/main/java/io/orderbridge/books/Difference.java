package io.orderbridge.books;

import java.time.Instant;

/**
 * Entries that do not match.
 *
 * @param left null when the left book has none
 * @param right null when the right book has none
 */
public record Difference(DifferenceClass kind, String key, Side left, Side right) {
  /**
   * One side of it.
   *
   * @param place where it stands: eight times the line of the file, plus which amount of the row
   * @param minor null when the book counts no money
   * @param at by the basis of its side; null when it is not known
   */
  public record Side(int place, Long minor, String currency, String status, Instant at) {}
}
