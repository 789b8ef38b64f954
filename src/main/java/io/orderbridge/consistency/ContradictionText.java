package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderReading;
import io.orderbridge.order.OrderReadings.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a contradiction is told: the sentence of its rule, what to do, the values with their sources.
 */
final class ContradictionText {
  // Two sides with some parcels each; who looks at more looks at the order.
  private static final int VALUES_MAX = 20;

  private ContradictionText() {}

  /**
   * @param first gives the first message that brought a value, or null
   */
  static Finding finding(
      OrderReading order,
      Contradiction contradiction,
      List<Value> values,
      CauseFinder.Why why,
      Function<Value, Said> first) {
    ContradictionRule rule = contradiction.rule();
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("since", contradiction.since().toString());
    evidence.put("for", rule.within().toString());
    List<Object> shown = new ArrayList<>();
    values.stream().limit(VALUES_MAX).forEach(value -> shown.add(shown(value, first.apply(value))));
    evidence.put("values", shown);
    evidence.put("why", why.shown());
    if (!rule.owner().isEmpty()) {
      evidence.put("owner", rule.owner());
    }
    return new Finding(
        rule.kind(),
        rule.id(),
        order.key().toString(),
        "",
        rule.level(),
        amount(order, values),
        why.cause().name(),
        evidence,
        text(rule, why.cause()));
  }

  private static Map<String, Object> shown(Value value, Said said) {
    Map<String, Object> shown = value.shown();
    if (said != null) {
      shown.put("recordedAt", said.recordedAt().toString());
      if (said.message() != null) {
        shown.put("message", said.message());
      }
    }
    return shown;
  }

  private static Wording text(ContradictionRule rule, CauseClass cause) {
    Wording hint = rule.hints().getOrDefault(cause, cause.usually());
    return new Wording(rule.text().zh() + hint.zh(), rule.text().en() + " " + hint.en());
  }

  // What is too much or too little, where the contradiction is about money.
  private static Money amount(OrderReading order, List<Value> values) {
    OrderReading.Difference difference = order.difference();
    if (difference == null || values.stream().noneMatch(value -> value.as() == Value.As.TOTAL)) {
      return null;
    }
    long minor = Math.subtractExact(difference.paid().minor(), difference.total().minor());
    return new Money(Math.abs(minor), difference.total().currency());
  }
}
