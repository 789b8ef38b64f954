package io.orderbridge.board;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long orders stayed at one milestone, as a histogram. A duration is kept to the second below
 * 32 s and to 1/16 of its power of two above, so that a year needs 360 buckets; it is told as the
 * middle of its bucket, 3.1 % off at most.
 */
final class Stay {
  private static final int FINE_BITS = 4;
  private static final long FINE = 1L << FINE_BITS;
  private static final long EXACT = 2 * FINE;
  private static final int PERCENT = 100;
  private static final int TEN = 10;

  private final SortedMap<Integer, Long> counts = new TreeMap<>();

  /** The bucket of a duration; below zero counts as zero. */
  static int bucket(Duration stayed) {
    long seconds = Math.max(0, stayed.toSeconds());
    if (seconds < EXACT) {
      return (int) seconds;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(seconds) - FINE_BITS;
    return (int) (EXACT + (shift - 1) * FINE + (seconds >> shift) - FINE);
  }

  /** What a bucket is told as. */
  static Duration told(int bucket) {
    if (bucket < EXACT) {
      return Duration.ofSeconds(bucket);
    }
    int shift = (int) ((bucket - EXACT) / FINE) + 1;
    long least = (FINE + (bucket - EXACT) % FINE) << shift;
    return Duration.ofSeconds(least + (1L << shift) / 2);
  }

  /** As {@link #text} wrote it. */
  static Stay of(String text) {
    Stay stay = new Stay();
    for (String one : text.isEmpty() ? new String[0] : text.split(",")) {
      int colon = one.indexOf(':');
      stay.add(
          Integer.parseInt(one, 0, colon, TEN), Long.parseLong(one, colon + 1, one.length(), TEN));
    }
    return stay;
  }

  /** For the store: {@code bucket:orders,bucket:orders}; empty when there are none. */
  String text() {
    return counts.entrySet().stream()
        .map(one -> one.getKey() + ":" + one.getValue())
        .collect(Collectors.joining(","));
  }

  /**
   * @param orders below zero to take them off
   */
  void add(int bucket, long orders) {
    counts.merge(bucket, orders, Stay::sum);
  }

  void add(Stay other) {
    other.counts.forEach(this::add);
  }

  // What cancels out is not kept.
  private static Long sum(long one, long other) {
    return one + other == 0 ? null : one + other;
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  long orders() {
    Collection<Long> all = counts.values();
    return all.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The shortest stay that this per cent of the orders did not exceed, as SQL's percentile_disc.
   *
   * @throws IllegalStateException when there is none
   */
  Duration percentile(int percent) {
    long rank = Math.max(1, (orders() * percent + PERCENT - 1) / PERCENT);
    long seen = 0;
    for (Map.Entry<Integer, Long> one : counts.entrySet()) {
      seen += one.getValue();
      if (seen >= rank) {
        return told(one.getKey());
      }
    }
    throw new IllegalStateException("no order has left this milestone");
  }
}
