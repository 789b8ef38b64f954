package io.orderbridge.payment;

import jakarta.inject.Singleton;

/** The rules in force, replaced while payments are verified. Thread-safe. */
@Singleton
public class PaymentPolicy {
  private volatile PaymentRules rules = PaymentRules.NONE;

  public void use(PaymentRules replacing) {
    rules = replacing;
  }

  public PaymentRules rules() {
    return rules;
  }
}
