package io.orderbridge.runtime;

import io.orderbridge.repair.RepairRules;
import io.orderbridge.repair.RulesInForce;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** All files of {@code mappings/rules/} that there are, and the features that live by them. */
@Singleton
final class RuleKinds {
  private final List<RuleFile<?>> files;

  @Inject
  RuleKinds(RulesInForce repairs) {
    this.files =
        List.of(
            new RuleFile<>("repairs", RepairRulesSection::read, repairs::use, RepairRules.DEFAULT));
  }

  /** The files, to be put in force. */
  List<RuleFile<?>> inForce() {
    return files;
  }

  /** The same files, read and used by nobody: for {@code orderbridge check} and tests. */
  static List<RuleFile<?>> checking() {
    return new RuleKinds(new RulesInForce()).files;
  }
}
