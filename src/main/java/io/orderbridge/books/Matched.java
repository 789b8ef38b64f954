package io.orderbridge.books;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a matching gave. Every entry of both sides is in one of its numbers.
 *
 * @param matched pairs that say the same
 * @param classes how many differences of each class
 */
public record Matched(long id, long matched, Map<DifferenceClass, Long> classes) {
  public Matched {
    classes = new TreeMap<>(classes);
  }

  long count(DifferenceClass.Outcome outcome) {
    return classes.entrySet().stream()
        .filter(one -> one.getKey().outcome() == outcome)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * What is in differences of one side.
   *
   * @param places how many places, each counted once
   * @param totals by currency
   */
  record Named(long rows, long places, Map<String, BigInteger> totals) {}

  /**
   * How many entries of both sides are in no difference.
   *
   * @throws IllegalStateException when an entry was lost or doubled: they have to be as many on
   *     either side, and their amounts have to have the same sum, for each of them has the same
   */
  static long rest(Snapshot.Sums left, Named namedLeft, Snapshot.Sums right, Named namedRight) {
    if (namedLeft.rows() != namedLeft.places() || namedRight.rows() != namedRight.places()) {
      throw new IllegalStateException(
          "of the differences %d and %d name an entry, and they name %d and %d: one is in two"
              .formatted(
                  namedLeft.rows(), namedRight.rows(), namedLeft.places(), namedRight.places()));
    }
    long restLeft = left.entries() - namedLeft.rows();
    long restRight = right.entries() - namedRight.rows();
    if (restLeft != restRight || restLeft < 0) {
      throw new IllegalStateException(
          "of %d entries left and %d right, %d and %d would match: one was lost or doubled"
              .formatted(left.entries(), right.entries(), restLeft, restRight));
    }
    Map<String, BigInteger> sumLeft = less(left.totals(), namedLeft.totals());
    Map<String, BigInteger> sumRight = less(right.totals(), namedRight.totals());
    if (!sumLeft.equals(sumRight)) {
      throw new IllegalStateException(
          "what matches sums to %s left and to %s right".formatted(sumLeft, sumRight));
    }
    return restLeft;
  }

  private static Map<String, BigInteger> less(
      Map<String, BigInteger> all, Map<String, BigInteger> named) {
    Map<String, BigInteger> rest = new TreeMap<>(all);
    named.forEach((currency, sum) -> rest.merge(currency, sum.negate(), BigInteger::add));
    rest.values().removeIf(sum -> sum.signum() == 0);
    return rest;
  }
}
