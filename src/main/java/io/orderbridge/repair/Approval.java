package io.orderbridge.repair;

import io.orderbridge.kernel.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a second person has to approve, and why. */
final class Approval {
  private static final int MINUTES = 60;

  private Approval() {}

  /**
   * @param effects of the dry run
   * @param alone orders that the same person changed alone of late
   * @return none when one person may do it
   */
  static Why needed(RepairRules rules, List<Effect> effects, long alone) {
    List<Effect> changes =
        effects.stream().filter(effect -> effect.how() == Effect.How.CHANGE).toList();
    List<Why> why = new ArrayList<>();
    changes.stream()
        .map(Effect::second)
        .filter(second -> !second.isEmpty())
        .findFirst()
        .ifPresent(why::add);
    why.addAll(tooMuch(rules, changes));
    Why many = tooMany(rules, changes.size(), alone);
    if (!many.isEmpty()) {
      why.add(many);
    }
    return joined(why);
  }

  private static Why joined(List<Why> all) {
    return new Why(
        all.stream().map(Why::zh).collect(Collectors.joining("；")),
        all.stream().map(Why::en).collect(Collectors.joining("; ")));
  }

  /** The part of it that depends on what the person did meanwhile. */
  static Why tooMany(RepairRules rules, int changes, long alone) {
    return changes + alone <= rules.orders() || changes == 0
        ? Why.NONE
        : new Why(
            "%d 个订单%s；一个人%s内单独最多改 %d 个"
                .formatted(
                    changes,
                    alone == 0 ? "" : "，此前已改 " + alone + " 个",
                    minutes(rules.per()) ? per(rules.per()) + " 分钟" : per(rules.per()) + " 小时",
                    rules.orders()),
            "%d orders%s; one person changes %d alone in %s"
                .formatted(
                    changes,
                    alone == 0 ? "" : " after " + alone,
                    rules.orders(),
                    per(rules.per()) + (minutes(rules.per()) ? " min" : " h")));
  }

  private static boolean minutes(Duration per) {
    return per.toMinutes() % MINUTES != 0;
  }

  private static long per(Duration per) {
    return minutes(per) ? per.toMinutes() : per.toHours();
  }

  private static List<Why> tooMuch(RepairRules rules, List<Effect> changes) {
    Map<Currency, Long> sums = new HashMap<>();
    for (Effect effect : changes) {
      if (effect.amount() != null) {
        sums.merge(effect.amount().currency(), effect.amount().minor(), Math::addExact);
      }
    }
    List<Why> why = new ArrayList<>();
    for (Money most : rules.amounts()) {
      long sum = sums.getOrDefault(most.currency(), 0L);
      if (sum > most.minor()) {
        why.add(
            Why.of(
                "订单金额共 %s；一个人单独最多改 %s",
                "orders of %s; one person changes %s alone",
                new Money(sum, most.currency()),
                most));
      }
    }
    return why;
  }
}
