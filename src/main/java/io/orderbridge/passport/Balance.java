package io.orderbridge.passport;

import io.orderbridge.kernel.Money;
import io.orderbridge.order.OrderTrace;
import java.util.List;
import java.util.Objects;

/**
 * What was paid for an order, what was paid back, and what it costs, in the currency of the order.
 *
 * @param total null when nobody has told it
 * @param payments in this currency
 * @param foreign payments in other currencies
 */
record Balance(Money total, List<OrderTrace.Payment> payments, int foreign, long paid, long back) {

  static Balance of(OrderTrace order) {
    if (order == null) {
      return new Balance(null, List.of(), 0, 0, 0);
    }
    Money total = order.total();
    Money first = order.payments().isEmpty() ? null : order.payments().get(0).amount();
    Money unit = total != null ? total : first;
    if (unit == null) {
      return new Balance(null, List.of(), 0, 0, 0);
    }
    List<OrderTrace.Payment> same =
        order.payments().stream().filter(paid -> isIn(unit, paid.amount())).toList();
    long back =
        order.refunds().stream()
            .filter(refund -> refund.status().equals("REFUNDED"))
            .map(OrderTrace.Refund::amount)
            .filter(Objects::nonNull)
            .filter(amount -> isIn(unit, amount))
            .mapToLong(Money::minor)
            .sum();
    long paid = same.stream().mapToLong(payment -> payment.amount().minor()).sum();
    return new Balance(total, same, order.payments().size() - same.size(), paid, back);
  }

  private static boolean isIn(Money unit, Money amount) {
    return amount.currency().equals(unit.currency());
  }

  /** What of it is with us. */
  long kept() {
    return paid - back;
  }

  Money money(long minor) {
    return new Money(minor, payments.get(0).amount().currency());
  }

  /** Whether two payments would each pay for it, and the surplus is still with us. */
  boolean isPaidTwice() {
    long whole =
        total == null
            ? 0
            : payments.stream().filter(one -> one.amount().minor() >= total.minor()).count();
    return whole > 1 && kept() > total.minor();
  }

  /** Whether payments are known and do not come to what it costs. */
  boolean differs() {
    boolean known = total != null && payments.size() + foreign > 0;
    // What was paid back of a right payment leaves the payment right.
    return known && (foreign > 0 || paid != total.minor() && kept() != total.minor());
  }
}
