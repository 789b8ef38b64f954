package io.orderbridge.order;

import io.orderbridge.kernel.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares what was paid with what the order costs: a payment system's word that it was paid is not
 * trusted alone. An order without a total, or of which nobody named a payment, cannot be compared.
 */
final class PaymentCheck {
  private PaymentCheck() {}

  /**
   * What differs: {@code paid}, {@code total}, {@code currency} of the total; empty when nothing
   * does. Money in another currency counts as not paid and makes it differ.
   */
  static Optional<Map<String, Object>> difference(
      Collection<OrderState.PaymentState> payments, Map<?, ?> details) {
    if (payments.isEmpty()
        || !(details.get("total") instanceof String total)
        || !(details.get("currency") instanceof String code)) {
      return Optional.empty();
    }
    Currency currency = Money.currency(code);
    Map<String, Long> minorByCurrency = new TreeMap<>();
    for (OrderState.PaymentState payment : payments) {
      Money money = Money.of(payment.amount(), payment.currency());
      minorByCurrency.merge(payment.currency(), money.minor(), Math::addExact);
    }
    long paid = minorByCurrency.getOrDefault(code, 0L);
    boolean same = paid == Money.of(total, code).minor() && minorByCurrency.size() == 1;
    if (same) {
      return Optional.empty();
    }
    Map<String, Object> difference = new LinkedHashMap<>();
    difference.put(
        "paid", BigDecimal.valueOf(paid, currency.getDefaultFractionDigits()).toPlainString());
    difference.put("total", total);
    difference.put("currency", code);
    return Optional.of(difference);
  }
}
