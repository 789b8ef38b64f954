package io.orderbridge.books;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** What a matching gave: how every entry of either side ended. */
public record Matched(Side left, Side right) {
  /**
   * Rows and what they sum to.
   *
   * @param sums minor units by currency, none of them zero; of a matching by quantity the pieces,
   *     by the empty text
   */
  public record Count(long rows, Map<String, BigInteger> sums) {
    public static final Count NONE = new Count(0, Map.of());

    public Count {
      sums = new TreeMap<>(sums);
      sums.values().removeIf(sum -> sum.signum() == 0);
    }

    public Count plus(Count other) {
      Map<String, BigInteger> both = new TreeMap<>(sums);
      other.sums.forEach((currency, sum) -> both.merge(currency, sum, BigInteger::add));
      return new Count(rows + other.rows, both);
    }

    Count less(Count other) {
      Map<String, BigInteger> rest = new TreeMap<>(sums);
      other.sums.forEach((currency, sum) -> rest.merge(currency, sum.negate(), BigInteger::add));
      return new Count(rows - other.rows, rest);
    }
  }

  /**
   * One side; {@code entries} are {@code excluded}, {@code given} and {@code matched} together.
   *
   * @param entries all, what was carried included
   * @param carried of them: what earlier runs left open
   * @param excluded of them: what does not count, or what does not belong to the period, no more
   *     than what it is set against
   * @param given of them: what was given away to be judged
   * @param matched of them: what is the same on the other side
   */
  public record Side(Count entries, Count carried, Count excluded, Count given, Count matched) {
    Side(Count entries, Count carried, Count excluded, Count given) {
      this(entries, carried, excluded, given, entries.less(excluded).less(given));
    }
  }

  /**
   * Checks that no entry was lost or doubled: what matches has to be as many on both sides, when
   * they were paired, and has to have the same sums, for each of it has.
   *
   * @throws IllegalStateException otherwise
   */
  static Matched of(boolean net, Side left, Side right) {
    long restLeft = left.matched().rows();
    long restRight = right.matched().rows();
    if (!net && restLeft != restRight || restLeft < 0 || restRight < 0) {
      throw new IllegalStateException(
          "of %d entries left and %d right, %d and %d would match: one was lost or doubled"
              .formatted(left.entries().rows(), right.entries().rows(), restLeft, restRight));
    }
    if (!left.matched().sums().equals(right.matched().sums())) {
      throw new IllegalStateException(
          "what matches sums to %s left and to %s right: an entry was lost or doubled"
              .formatted(left.matched().sums(), right.matched().sums()));
    }
    return new Matched(left, right);
  }
}
