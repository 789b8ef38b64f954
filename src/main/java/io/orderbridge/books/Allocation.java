package io.orderbridge.books;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shares an amount by weights, to the minor unit, so that the shares are the amount again. */
final class Allocation {
  private Allocation() {}

  /**
   * By the largest remainder; of equal ones the earlier takes the unit. A negative amount gives the
   * shares of the positive one below zero, so that a refund undoes what it refunds. Weights that
   * are all zero, or whose sum is, count the same each; one weight below zero has its share below
   * zero.
   *
   * @param minor in minor units
   * @param weights at least one
   */
  static long[] shares(long minor, List<BigDecimal> weights) {
    List<BigInteger> whole = whole(weights);
    BigInteger sum = whole.stream().reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() < 0) {
      whole = whole.stream().map(BigInteger::negate).toList();
      sum = sum.negate();
    }
    BigInteger amount = BigInteger.valueOf(minor).abs();
    long[] shares = new long[whole.size()];
    BigInteger[] rest = new BigInteger[whole.size()];
    BigInteger left = amount;
    for (int i = 0; i < shares.length; i++) {
      BigInteger[] parts = floor(amount.multiply(whole.get(i)), sum);
      shares[i] = parts[0].longValueExact();
      rest[i] = parts[1];
      left = left.subtract(parts[0]);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      places.add(i);
    }
    places.sort(Comparator.comparing((Integer place) -> rest[place]).reversed());
    // Each floor takes off less than one unit, so there are fewer left than there are shares.
    places.subList(0, left.intValueExact()).forEach(place -> shares[place]++);
    for (int i = 0; i < shares.length && minor < 0; i++) {
      shares[i] = -shares[i];
    }
    return shares;
  }

  private static List<BigInteger> whole(List<BigDecimal> weights) {
    int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElseThrow();
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return weights.stream()
        .map(weight -> sum.signum() == 0 ? BigDecimal.ONE : weight)
        .map(weight -> weight.setScale(Math.max(scale, 0)).unscaledValue())
        .toList();
  }

  // Towards minus infinity, so that no rest is below zero.
  private static BigInteger[] floor(BigInteger product, BigInteger sum) {
    BigInteger[] parts = product.divideAndRemainder(sum);
    return parts[1].signum() < 0
        ? new BigInteger[] {parts[0].subtract(BigInteger.ONE), parts[1].add(sum)}
        : parts;
  }
}
