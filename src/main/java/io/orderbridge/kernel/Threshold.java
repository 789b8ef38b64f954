package io.orderbridge.kernel;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A limit, and from where on it is warned of it. Exact decimals: money, counts, percentages alike.
 * Two kinds, because people mean two things by a limit: with {@link #reaching} it is broken when it
 * is reached ("at most 1 %" said of what must stay below), with {@link #exceeding} only beyond it
 * ("alert on more than 20"). A warning begins at its value, in both.
 *
 * @param limit 0 or more
 * @param warnFrom value from which it is warned, not above the limit; null: never warned
 * @param reached whether the limit itself is a breach already
 */
public record Threshold(BigDecimal limit, BigDecimal warnFrom, boolean reached) {
  private static final int WARN_PERCENT = 80;
  private static final int PERCENT = 100;

  public Threshold {
    if (limit.signum() < 0) {
      throw new IllegalArgumentException("a limit is %s, expected 0 or more".formatted(limit));
    }
    if (warnFrom != null && (warnFrom.signum() < 0 || warnFrom.compareTo(limit) > 0)) {
      throw new IllegalArgumentException(
          "it is warned from %s on, expected 0 to the limit %s".formatted(warnFrom, limit));
    }
  }

  /** A breach at the limit and above, a warning from 80 % of it. */
  public static Threshold reaching(BigDecimal limit) {
    return new Threshold(limit, null, true).warningAt(WARN_PERCENT);
  }

  /** A breach above the limit only, a warning from 80 % of it. */
  public static Threshold exceeding(BigDecimal limit) {
    return new Threshold(limit, null, false).warningAt(WARN_PERCENT);
  }

  /**
   * The same with a warning from another part of the limit.
   *
   * @param percent 1 to 100
   */
  public Threshold warningAt(int percent) {
    if (percent < 1 || percent > PERCENT) {
      throw new IllegalArgumentException("warn at %d %%, expected 1 to 100".formatted(percent));
    }
    // Of no limit at all there is no part: what is above it is a breach, nothing is near it.
    return limit.signum() == 0
        ? withoutWarning()
        : new Threshold(limit, limit.multiply(new BigDecimal(percent)).movePointLeft(2), reached);
  }

  /** The same without a warning. */
  public Threshold withoutWarning() {
    return new Threshold(limit, null, reached);
  }

  /** How bad a value is; empty when nothing has to be said of it. */
  public Optional<Level> of(BigDecimal value) {
    int against = value.compareTo(limit);
    if (against > 0 || reached && against == 0) {
      return Optional.of(Level.BREACH);
    }
    return warnFrom != null && value.compareTo(warnFrom) >= 0
        ? Optional.of(Level.WARNING)
        : Optional.empty();
  }

  /** The same for a count. */
  public Optional<Level> of(long count) {
    return of(BigDecimal.valueOf(count));
  }
}
