package io.orderbridge.books;

import java.time.Instant;

/**
 * One line of a source's book, in our words.
 *
 * @param line where it stands in the file
 * @param amount in minor units; null when the source counts things
 * @param quantity null when it counts money alone
 * @param status empty when the source has none
 * @param times by the place of their {@link Basis}, in microseconds; {@link #UNKNOWN} when not told
 * @param raw the cells as they came
 */
record Entry(
    int line, String key, Amount amount, Long quantity, String status, long[] times, String raw) {
  static final long UNKNOWN = Long.MIN_VALUE;

  /** An amount and its currency's code. */
  record Amount(long minor, String currency) {}

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
