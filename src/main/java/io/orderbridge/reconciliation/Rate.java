package io.orderbridge.reconciliation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * The difference rate (对账差异率) of a month: what is open, of what was sold. Amounts of open breaks
 * are added without their signs, so that too much here never hides too little there.
 *
 * @param of whose breaks, and in which currency
 * @param open in minor units
 * @param turnover in minor units
 * @param frozen null while it still moves
 */
record Rate(Of of, BigInteger open, long breaks, BigInteger turnover, Basis basis, Frozen frozen) {
  /** So many of a thousand, and no more: 0.3 %. */
  private static final BigInteger THOUSANDTHS_MAX = BigInteger.valueOf(3);

  private static final BigInteger THOUSAND = BigInteger.valueOf(1_000);
  private static final int PERCENT_DIGITS = 4;

  /**
   * @param reconciliation empty for all together
   */
  record Of(YearMonth month, String reconciliation, String currency) {}

  /**
   * What the turnover was made of.
   *
   * @param definition {@code turnover 3}
   */
  record Basis(String definition, List<Long> snapshots) {
    Basis {
      snapshots = List.copyOf(snapshots);
    }
  }

  /** When it was told for good, and by whom. */
  record Frozen(Instant at, String by) {}

  /** Below 0.3 %, never at it; with nothing sold, only when nothing is open. */
  boolean passes() {
    return open.signum() == 0
        || open.multiply(THOUSAND).compareTo(turnover.multiply(THOUSANDTHS_MAX)) < 0;
  }

  /** In percent, rounded up, so that it never looks better than it is; null with nothing sold. */
  BigDecimal percent() {
    return turnover.signum() <= 0
        ? null
        : new BigDecimal(open)
            .movePointRight(2)
            .divide(new BigDecimal(turnover), PERCENT_DIGITS, RoundingMode.UP);
  }
}
