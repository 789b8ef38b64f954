package io.orderbridge.payment;

import static io.orderbridge.order.FactsParts.constant;
import static io.orderbridge.order.FactsParts.invalid;
import static io.orderbridge.order.FactsParts.object;
import static io.orderbridge.order.FactsParts.optionalText;
import static io.orderbridge.order.FactsParts.text;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.FactsParts;
import io.orderbridge.payment.Transaction.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a mapping made for {@code payments:record} strictly: whatever is not known, not
 * plausible or not exact is refused with the place as JSON pointer. See {@code docs/payments.md}.
 */
final class TransactionReader {
  // Half of what an index entry may hold, and three times the longest number known.
  private static final int ID_MAX = 200;
  private static final Set<String> TOP =
      Set.of("kind", "order", "payment", "refund", "amount", "currency", "state", "at");
  private static final Set<String> ORDER = Set.of("shop", "number");
  private static final String UNNUMBERED = "#";

  private final Instant now;

  TransactionReader(Instant now) {
    this.now = now;
  }

  /**
   * @param mapped one object or a list of objects
   * @throws Refusal when it is no transaction
   */
  List<Transaction> read(Object mapped) {
    if (!(mapped instanceof List<?> list)) {
      return List.of(transaction(mapped, ""));
    }
    List<Transaction> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      all.add(transaction(list.get(i), "/" + i));
    }
    return all;
  }

  private Transaction transaction(Object mapped, String at) {
    Map<?, ?> top = object(mapped, at, TOP);
    Kind kind = constant(Kind.class, top, "kind", at);
    String state = text(top, "state", at);
    if (!kind.states().contains(state)) {
      throw invalid(at + "/state", "is none of " + kind.states());
    }
    OrderKey order = order(top.get("order"), at + "/order");
    Money amount = FactsParts.money(top, at);
    return new Transaction(
        kind,
        id(top, kind, state, order, at),
        refund(top, kind, at),
        order == null ? "" : order.shop(),
        order == null ? "" : order.number(),
        amount,
        state,
        FactsParts.time(top.get("at"), at + "/at", now));
  }

  private static OrderKey order(Object value, String at) {
    if (value == null) {
      return null;
    }
    Map<?, ?> order = object(value, at, ORDER);
    try {
      return new OrderKey(text(order, "shop", at), text(order, "number", at));
    } catch (IllegalArgumentException e) {
      throw invalid(at, e.getMessage());
    }
  }

  private static String id(Map<?, ?> top, Kind kind, String state, OrderKey order, String at) {
    String id = bounded(optionalText(top, "payment", at), at + "/payment");
    if (!id.isEmpty()) {
      return id;
    }
    if (kind == Kind.REFUND || Transaction.paid(state)) {
      throw invalid(at + "/payment", "is missing; only what is not paid may have no number");
    }
    if (order == null) {
      throw invalid(at + "/payment", "is missing, and so is 'order'; one of them has to name it");
    }
    return UNNUMBERED + order;
  }

  private static String refund(Map<?, ?> top, Kind kind, String at) {
    String refund = bounded(optionalText(top, "refund", at), at + "/refund");
    if (refund.isEmpty() == (kind == Kind.REFUND)) {
      throw invalid(
          at + "/refund",
          kind == Kind.REFUND ? "is missing" : "belongs to kind REFUND, not to PAYMENT");
    }
    return refund;
  }

  private static String bounded(String id, String at) {
    if (id != null && id.length() > ID_MAX) {
      throw invalid(at, "is longer than %d characters".formatted(ID_MAX));
    }
    return id == null ? "" : id;
  }
}
