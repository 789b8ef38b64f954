package io.orderbridge.consistency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A rule that holds of an order.
 *
 * @param since when its clock began
 * @param found whether it has held long enough to be told
 */
record Contradiction(ContradictionRule rule, Instant since, boolean found) {

  /**
   * What contradicts itself in an order, as of {@code now}. Pure: the same facts give the same, in
   * whatever order they came; what was found stays found while time passes.
   *
   * @param heldSince since when rules held when the order was looked at before; the clock of a rule
   *     is never set forward by a newer version of the same word
   */
  static List<Contradiction> evaluate(
      Collection<ContradictionRule> rules,
      Scene scene,
      Map<String, Instant> heldSince,
      Instant now) {
    List<Contradiction> holding = new ArrayList<>();
    for (ContradictionRule rule : rules) {
      Hold hold = rule.when().of(scene);
      if (hold.holds()) {
        Instant since = earlier(hold.since(), heldSince.getOrDefault(rule.id(), now));
        holding.add(new Contradiction(rule, since, !now.isBefore(since.plus(rule.within()))));
      }
    }
    return holding;
  }

  private static Instant earlier(Instant told, Instant seen) {
    return told == null || seen.isBefore(told) ? seen : told;
  }

  /** When it is to be looked at again by the clock; null when the clock changes nothing. */
  Instant dueAt() {
    return found ? null : since.plus(rule.within());
  }

  /** The values that contradict each other, each once. */
  List<Value> values(Scene scene) {
    List<Value> values = new ArrayList<>();
    rule.when().tell(scene, values);
    return values.stream().distinct().toList();
  }
}
