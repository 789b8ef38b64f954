package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;
import java.math.BigInteger;
import java.time.LocalDate;

/**
 * A row of the difference list: an item of a run, or an entry that was left out because it does not
 * count.
 *
 * @param period first day of the run's period
 * @param no of the item; null when it is none
 * @param unit a currency, whose minor units are counted; empty for pieces
 * @param left null when that side has nothing
 * @param right null when that side has nothing
 * @param since day of the oldest entry
 * @param age days from then to the end of the report's period
 */
record Difference(
    LocalDate period,
    Integer no,
    Outcome outcome,
    BreakClass kind,
    String rule,
    String key,
    String shop,
    String unit,
    BigInteger left,
    BigInteger right,
    LocalDate since,
    long age,
    Wording why) {
  /** Left less right. */
  BigInteger gap() {
    return orZero(left).subtract(orZero(right));
  }

  static BigInteger orZero(BigInteger amount) {
    return amount == null ? BigInteger.ZERO : amount;
  }

  /** What stands in the difference list: not what was found by another way and agrees. */
  boolean isListed() {
    return outcome != Outcome.MATCHED || gap().signum() != 0;
  }

  /** Whether somebody has to look at it. */
  boolean isBreak() {
    return outcome == Outcome.BREAK;
  }

  /** The bar of the waterfall that it stands in. */
  String bar() {
    return Waterfall.bar(kind, rule);
  }
}
