package io.orderbridge.repair;

import io.orderbridge.kernel.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a second person has to approve, and why. */
final class Approval {
  private static final int MINUTES = 60;

  private Approval() {}

  /**
   * @param effects of the dry run
   * @param alone orders that the same person changed alone of late
   * @return empty when one person may do it
   */
  static String needed(RepairRules rules, List<Effect> effects, long alone) {
    List<Effect> changes =
        effects.stream().filter(effect -> effect.how() == Effect.How.CHANGE).toList();
    List<String> why = new ArrayList<>();
    changes.stream()
        .map(Effect::second)
        .filter(second -> !second.isEmpty())
        .findFirst()
        .ifPresent(why::add);
    why.addAll(tooMuch(rules, changes));
    String many = tooMany(rules, changes.size(), alone);
    if (!many.isEmpty()) {
      why.add(many);
    }
    return String.join("; ", why);
  }

  /** The part of it that depends on what the person did meanwhile. */
  static String tooMany(RepairRules rules, int changes, long alone) {
    return changes + alone <= rules.orders() || changes == 0
        ? ""
        : "%d orders%s; one person changes %d alone in %s"
            .formatted(
                changes, alone == 0 ? "" : " after " + alone, rules.orders(), words(rules.per()));
  }

  private static String words(Duration per) {
    return per.toMinutes() % MINUTES == 0 ? per.toHours() + " h" : per.toMinutes() + " min";
  }

  private static List<String> tooMuch(RepairRules rules, List<Effect> changes) {
    Map<Currency, Long> sums = new HashMap<>();
    for (Effect effect : changes) {
      if (effect.amount() != null) {
        sums.merge(effect.amount().currency(), effect.amount().minor(), Math::addExact);
      }
    }
    List<String> why = new ArrayList<>();
    for (Money most : rules.amounts()) {
      long sum = sums.getOrDefault(most.currency(), 0L);
      if (sum > most.minor()) {
        why.add(
            "orders of %s; one person changes %s alone"
                .formatted(new Money(sum, most.currency()), most));
      }
    }
    return why;
  }
}
