package io.orderbridge.consistency;

import jakarta.inject.Singleton;

/** The rules of contradictions, replaced while orders are looked at. Thread-safe. */
@Singleton
public class ContradictionRulesInForce {
  private volatile Versioned now = new Versioned(ContradictionRules.NONE);

  /** Rules and their version, which costs a hash and is made once. */
  record Versioned(ContradictionRules rules, String version) {
    Versioned(ContradictionRules rules) {
      this(rules, rules.version());
    }
  }

  /** Puts the rules in force; orders are looked at again in the background. */
  public void replace(ContradictionRules rules) {
    now = new Versioned(rules);
  }

  Versioned now() {
    return now;
  }
}
