package io.orderbridge.notice;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the block for a customer, by rules that are data. Pure; counts exactly. */
public final class Personal {
  private final List<PersonalRule> rules;

  public Personal(List<PersonalRule> rules) {
    this.rules =
        rules.stream()
            .sorted(
                Comparator.comparingInt(PersonalRule::priority).thenComparing(PersonalRule::name))
            .toList();
  }

  /**
   * What became of a rule.
   *
   * @param why what did not hold, for who asks; empty when all did
   */
  public record Look(PersonalRule rule, boolean holds, String why) {}

  /** The rule that holds, the one of the lowest priority number among several. */
  public Optional<PersonalRule> match(History history, CurrentOrder order) {
    return looks(history, order).stream().filter(Look::holds).map(Look::rule).findFirst();
  }

  /** Every rule in the order of priority, and why it does not hold. */
  public List<Look> looks(History history, CurrentOrder order) {
    PersonalConditions conditions = new PersonalConditions(history, order);
    return rules.stream()
        .map(
            rule -> {
              String why = conditions.missing(rule.when());
              return new Look(rule, why.isEmpty(), why);
            })
        .toList();
  }
}
