package io.orderbridge.runtime;

import io.orderbridge.alert.Policies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** All files of {@code mappings/rules/} that there are, and the features that live by them. */
@Singleton
final class RuleKinds {
  private final List<RuleFile<?>> files;

  @Inject
  RuleKinds(Policies alerts) {
    this.files = List.of(AlertRules.file(alerts));
  }

  /** The files, to be put in force. */
  List<RuleFile<?>> inForce() {
    return files;
  }

  /** The same files, read and used by nobody: for {@code orderbridge check} and tests. */
  static List<RuleFile<?>> checking() {
    return new RuleKinds(new Policies()).files;
  }
}
