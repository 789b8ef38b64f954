package io.orderbridge.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a played payment system does when it is asked to give money back: once for each number. */
final class Refunds {
  /** The word of the question. */
  static final String MAKE = "refund-make";

  private static final String ID = "id";
  private static final String ORDER = "order";
  private static final String AMOUNT = "amount";
  private static final String TIMES = "times";

  private final List<Map<String, Object>> payments;
  private final List<Map<String, Object>> made;
  private final Map<String, Map<String, Object>> effects;

  Refunds(Map<String, List<Map<String, Object>>> lists, Map<String, Map<String, Object>> effects) {
    this.payments = lists.getOrDefault("payments", List.of());
    this.made = lists.computeIfAbsent("refunds", name -> new ArrayList<>());
    this.effects = effects;
  }

  /**
   * @param now when it is made
   * @return the fault that is answered, or null
   */
  String make(Map<String, Object> ask, String now, Map<String, Object> answer) {
    Map<String, Object> payment =
        payments.stream()
            .filter(one -> one.get(ID).equals(ask.get("payment")))
            .findFirst()
            .orElse(null);
    if (payment == null) {
      return "unknown";
    }
    BigDecimal amount = new BigDecimal(String.valueOf(ask.get(AMOUNT)));
    Map<String, Object> refund =
        made.stream().filter(one -> one.get(ID).equals(ask.get("refund"))).findFirst().orElse(null);
    if (refund != null && amount.compareTo(amount(refund)) != 0) {
      return "wrong";
    }
    if (refund == null && amount.add(back(payment)).compareTo(amount(payment)) > 0) {
      return "refused";
    }
    if (refund == null) {
      refund = new LinkedHashMap<>();
      refund.put(ID, ask.get("refund"));
      refund.put("ours", ask.get("ours"));
      refund.put("ref", "50300" + made.size());
      refund.put(ORDER, payment.get(ORDER));
      refund.put(AMOUNT, ask.get(AMOUNT));
      refund.put("status", "REFUNDED");
      refund.put("at", now);
      made.add(refund);
    }
    Map<String, Object> effect =
        effects.computeIfAbsent(
            MAKE + ":" + refund.get(ID), key -> new LinkedHashMap<>(Map.of(TIMES, 0)));
    effect.putAll(ask);
    effect.put(ORDER, payment.get(ORDER));
    effect.put(TIMES, (int) effect.get(TIMES) + 1);
    answer.put("payment", new LinkedHashMap<>(payment));
    answer.put("refund", new LinkedHashMap<>(refund));
    answer.put("moved", (int) effect.get(TIMES) == 1);
    return null;
  }

  private BigDecimal back(Map<String, Object> payment) {
    return made.stream()
        .filter(one -> payment.get(ORDER).equals(one.get(ORDER)))
        .map(Refunds::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(Map<String, Object> entry) {
    return new BigDecimal(String.valueOf(entry.get(AMOUNT)));
  }
}
