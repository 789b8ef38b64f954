package io.orderbridge.books;

import java.time.Instant;

/**
 * One line of a source's book, in our words, or one of the amounts of a line.
 *
 * @param place where it stands in its snapshot: eight times the line of the file, plus which of the
 *     row's amounts it is, from 0. Of several rows in one line the later ones count on
 * @param amount in minor units; null when the source counts things
 * @param quantity null when it counts money alone
 * @param status empty when the source has none
 * @param times by the place of their {@link Basis}, in microseconds; {@link #UNKNOWN} when not told
 * @param more null when the source says none of it, as most do
 * @param raw the cells as they came; empty for all but the first amount of a row
 */
record Entry(
    int place,
    String key,
    Amount amount,
    Long quantity,
    String status,
    long[] times,
    More more,
    String raw) {
  static final long UNKNOWN = Long.MIN_VALUE;
  static final int PLACES = 8;

  /** An amount and its currency's code. */
  record Amount(long minor, String currency) {}

  /**
   * @param kind null for a sale
   * @param shop null when not told
   * @param sku null when not told
   * @param ref the keys to look by when the first finds nothing, split by U+001F; null for none
   * @param converted what the amount was before it was converted, with rate, day and source of the
   *     rate, such as {@code USD 12.34 * 7.0962 2026-11-20 ECB}; null when it was not
   */
  record More(EntryKind kind, String shop, String sku, String ref, String converted) {
    static final More NONE = new More(null, null, null, null, null);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
