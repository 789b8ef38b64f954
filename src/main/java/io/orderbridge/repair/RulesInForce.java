package io.orderbridge.repair;

import jakarta.inject.Singleton;

/** The rules that hold now; replaced while repairs run. Thread-safe. */
@Singleton
public class RulesInForce {
  private volatile RepairRules rules = RepairRules.DEFAULT;

  public void use(RepairRules changed) {
    rules = changed;
  }

  RepairRules now() {
    return rules;
  }
}
