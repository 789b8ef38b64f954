package io.orderbridge.books;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Up to where a difference of amounts is nobody's work; strictly below, never at the limit.
 *
 * @param minor limit in minor units; zero when there is none
 * @param millionths limit in millionths of the left amount, without its sign; zero when there is
 *     none
 * @param both whether a difference has to be below both limits, not below one of them
 */
public record Tolerance(long minor, long millionths, boolean both) {
  /** Every difference counts. */
  public static final Tolerance NONE = new Tolerance(0, 0, false);

  private static final long WHOLE = 1_000_000;

  public Tolerance {
    if (minor < 0 || millionths < 0 || millionths > WHOLE) {
      throw new IllegalArgumentException(
          "tolerance is %d minor units and %d millionths, expected 0 or more, and at most %d"
              .formatted(minor, millionths, WHOLE));
    }
    if (both && (minor == 0 || millionths == 0)) {
      throw new IllegalArgumentException("both limits of a tolerance have to be above zero");
    }
  }

  /**
   * Below one limit or the other is enough.
   *
   * @param percent of the left amount, with four decimals at most: {@code 0.5}
   */
  public static Tolerance either(long minor, BigDecimal percent) {
    return new Tolerance(minor, ofPercent(percent), false);
  }

  /** Below both limits, as {@link #either}. */
  public static Tolerance both(long minor, BigDecimal percent) {
    return new Tolerance(minor, ofPercent(percent), true);
  }

  /**
   * Whether two amounts, in minor units of one currency, differ by less than this; or not at all.
   */
  public boolean allows(long left, long right) {
    BigInteger apart = BigInteger.valueOf(left).subtract(BigInteger.valueOf(right)).abs();
    boolean small = apart.compareTo(BigInteger.valueOf(minor)) < 0;
    BigInteger limit = BigInteger.valueOf(millionths).multiply(BigInteger.valueOf(left).abs());
    boolean share = apart.multiply(BigInteger.valueOf(WHOLE)).compareTo(limit) < 0;
    return apart.signum() == 0 || (both ? small && share : small || share);
  }

  private static long ofPercent(BigDecimal percent) {
    return percent.movePointRight(4).setScale(0, RoundingMode.UNNECESSARY).longValueExact();
  }

  @Override
  public String toString() {
    return "%d minor units %s %d millionths".formatted(minor, both ? "and" : "or", millionths);
  }
}
