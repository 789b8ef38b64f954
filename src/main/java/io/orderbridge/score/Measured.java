package io.orderbridge.score;

import java.time.Instant;
import java.util.Optional;

/** Measures one metric from what the features hold. */
interface Measured {
  Metric metric();

  /**
   * What the metric comes to in a period, as it is known now. Opens its own transaction, changes
   * nothing and calls nobody.
   *
   * @return empty when it cannot be told: then it is missing, which is neither zero nor a pass
   */
  Optional<Measure> measure(Period period, HealthRules rules, Instant now);
}
