package io.orderbridge.score;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A metric that comes to what the test says; a period of which it says nothing is missing. */
final class Played implements Measured {
  private final Metric metric;
  private final Map<String, Measure> measures = new HashMap<>();

  Played(Metric metric) {
    this.metric = metric;
  }

  void set(String period, long numerator, long denominator) {
    measures.put(period, Measure.counted(numerator, denominator));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public Optional<Measure> measure(Period period, HealthRules rules, Instant now) {
    return Optional.ofNullable(measures.get(period.key()));
  }
}
