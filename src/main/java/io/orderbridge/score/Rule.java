package io.orderbridge.score;

import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * By what a metric is judged.
 *
 * @param limit percent, between 0 and 100
 * @param near percent of the limit from which on it is a warning
 * @param weight in the score
 */
public record Rule(Metric metric, Wording title, BigDecimal limit, BigDecimal near, int weight) {
  static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  // A millionth of a percent: of a billion orders one still shows.
  private static final int DIGITS = 6;

  /** What of a share may miss: below 1 % of delays, at most 2 % of notices. In percent. */
  private BigDecimal allowed() {
    return metric.isBelow() ? limit : HUNDRED.subtract(limit);
  }

  private BigDecimal missing(Measure measure) {
    return metric.isBelow()
        ? measure.numerator()
        : measure.denominator().subtract(measure.numerator());
  }

  /**
   * The share from which on it is a warning, in percent: 0.8 of a limit of 1, 98.4 of one of 98.
   */
  BigDecimal warnsAt() {
    BigDecimal near = allowed().multiply(this.near).divide(HUNDRED, DIGITS, RoundingMode.HALF_UP);
    return metric.isBelow() ? near : HUNDRED.subtract(near);
  }

  /** By whole numbers, so that nothing is rounded over a limit. */
  Verdict judge(Measure measure) {
    BigDecimal missing = missing(measure);
    if (measure.denominator().signum() <= 0) {
      return missing.signum() > 0 ? Verdict.BREACH : Verdict.NOT_APPLICABLE;
    }
    BigDecimal bar = allowed().multiply(measure.denominator());
    int past = missing.multiply(HUNDRED).compareTo(bar);
    if (past > 0 || past == 0 && metric.isBelow()) {
      return Verdict.BREACH;
    }
    boolean isNear = missing.multiply(HUNDRED).multiply(HUNDRED).compareTo(bar.multiply(near)) >= 0;
    return isNear ? Verdict.WARNING : Verdict.PASS;
  }

  /** The share in percent, rounded so that it never looks better than it is; null without one. */
  BigDecimal percent(Measure measure) {
    return measure.denominator().signum() <= 0
        ? null
        : measure
            .numerator()
            .multiply(HUNDRED)
            .divide(
                measure.denominator(),
                DIGITS,
                metric.isBelow() ? RoundingMode.UP : RoundingMode.DOWN);
  }

  /** How much of what may miss is missing: 1 at the limit. Null without a share. */
  BigDecimal usage(Measure measure) {
    return measure.denominator().signum() <= 0
        ? null
        : missing(measure)
            .multiply(HUNDRED)
            .divide(allowed().multiply(measure.denominator()), DIGITS, RoundingMode.UP);
  }

  /** Whether a share in percent is past the limit. */
  boolean isPast(BigDecimal percent) {
    int side = percent.compareTo(limit);
    return metric.isBelow() ? side >= 0 : side < 0;
  }
}
