package io.orderbridge.score;

import jakarta.inject.Singleton;

/** The rules of order health that hold now. Thread-safe. */
@Singleton
public class HealthRulesInForce {
  private volatile HealthRules rules = HealthRules.NONE;

  public void use(HealthRules next) {
    this.rules = next;
  }

  HealthRules now() {
    return rules;
  }
}
