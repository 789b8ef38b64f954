package io.orderbridge.runtime;

import io.orderbridge.consistency.ContradictionRules;
import io.orderbridge.consistency.ContradictionRulesInForce;
import io.orderbridge.consistency.StuckLimits;
import io.orderbridge.consistency.StuckLimitsInForce;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** All files of {@code mappings/rules/} that there are, and the features that live by them. */
@Singleton
final class RuleKinds {
  private final List<RuleFile<?>> files;

  @Inject
  RuleKinds(ContradictionRulesInForce contradictions, StuckLimitsInForce stuck) {
    this.files =
        List.of(
            new RuleFile<>(
                "contradictions",
                ContradictionsSection::read,
                contradictions::replace,
                ContradictionRules.NONE),
            new RuleFile<>("stuck", StuckSection::read, stuck::replace, StuckLimits.NONE));
  }

  /** The files, to be put in force. */
  List<RuleFile<?>> inForce() {
    return files;
  }

  /** The same files, read and used by nobody: for {@code orderbridge check} and tests. */
  static List<RuleFile<?>> checking() {
    return new RuleKinds(new ContradictionRulesInForce(), new StuckLimitsInForce()).files;
  }
}
