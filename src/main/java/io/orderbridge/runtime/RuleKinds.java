package io.orderbridge.runtime;

import io.orderbridge.payment.PaymentPolicy;
import io.orderbridge.payment.PaymentRules;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** All files of {@code mappings/rules/} that there are, and the features that live by them. */
@Singleton
final class RuleKinds {
  private final List<RuleFile<?>> files;

  @Inject
  RuleKinds(PaymentPolicy payments) {
    this.files =
        List.of(
            new RuleFile<>("payments", PaymentsSection::read, payments::use, PaymentRules.NONE));
  }

  /** The files, to be put in force. */
  List<RuleFile<?>> inForce() {
    return files;
  }

  /** The same files, read and used by nobody: for {@code orderbridge check} and tests. */
  static List<RuleFile<?>> checking() {
    return new RuleKinds(new PaymentPolicy()).files;
  }
}
