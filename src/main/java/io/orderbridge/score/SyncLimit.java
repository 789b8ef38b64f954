package io.orderbridge.score;

import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Judges the sync delay rate of any time by the limit of its metric, for who shows the live rate.
 * Whole numbers are compared: a rate that is only rounded below its limit does not pass.
 */
@Singleton
public class SyncLimit {
  private final HealthRulesInForce rules;

  SyncLimit(HealthRulesInForce rules) {
    this.rules = rules;
  }

  /**
   * @param percent the rate has to stay below it; decimal text
   * @param verdict PASS, WARNING, BREACH, or NOT_APPLICABLE without orders
   */
  public record Judged(String percent, String verdict) {
    /** At the limit or past it. */
    public boolean fails() {
      return verdict.equals(Verdict.BREACH.name());
    }
  }

  /** Empty when the rules of order health set no limit. */
  public Optional<Judged> judge(long delayed, long orders) {
    Measure measure = Measure.counted(delayed, orders);
    return rules
        .now()
        .of(Metric.SYNC_DELAY)
        .map(rule -> new Judged(rule.limit().toPlainString(), rule.judge(measure).name()));
  }
}
