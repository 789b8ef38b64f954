package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Reconciliation;
import io.orderbridge.reconciliation.RuleText;
import jakarta.inject.Singleton;

/** Reads the files of reconciliations that runs have kept. */
@Singleton
class KeptRules implements RuleText {
  @Override
  public Reconciliation read(String name, String text) {
    return ReconciliationRules.read(name, text).reconciliation();
  }
}
