package io.orderbridge.order;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Money;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Order books of a heart, with whatever hears of events. */
public final class Books {
  private Books() {}

  /** One process's order book. */
  public static OrderBook open(Heart heart, Debts debts) {
    return open(heart, debts, heart.clock);
  }

  /** One process's order book, with a clock of its own. */
  public static OrderBook open(Heart heart, Debts debts, Clock clock) {
    return new OrderBook(heart.database, writer(heart, debts, clock), clock);
  }

  static OrderWriter writer(Heart heart, Debts debts) {
    return writer(heart, debts, heart.clock);
  }

  private static OrderWriter writer(Heart heart, Debts debts, Clock clock) {
    return new OrderWriter(new OrderTables(), heart.ownership, List.of(debts), heart.queue, clock);
  }

  public static Orders orders(Heart heart) {
    return new Orders(heart.database, heart.ownership);
  }

  public static void close(OrderBook book) {
    book.close();
  }

  /** What a mapping would have made of it. */
  static Map<String, Object> mapped(Facts facts) {
    List<Object> said = new ArrayList<>();
    facts.reached().forEach(reached -> said.add(mapped(reached)));
    for (Facts.RefundStep step : facts.refunds()) {
      Map<String, Object> refund = money(step.amount());
      refund.put("id", step.id());
      refund.put("status", step.status().name());
      said.add(Map.of("refund", refund, "at", step.at().toString()));
    }
    Map<String, Object> mapped = new HashMap<>();
    mapped.put("order", Map.of("shop", facts.order().shop(), "number", facts.order().number()));
    mapped.put("version", facts.version() == null ? null : facts.version().toString());
    mapped.put("facts", said);
    mapped.put("details", facts.details());
    mapped.put("receiver", facts.receiver());
    mapped.put("raw", facts.raw());
    return mapped;
  }

  private static Map<String, Object> mapped(Facts.Reached reached) {
    Map<String, Object> mapped = new HashMap<>();
    mapped.put("milestone", reached.milestone().name());
    mapped.put("at", reached.at().toString());
    mapped.put("parcel", reached.parcel().isEmpty() ? null : reached.parcel());
    mapped.put("carrier", reached.carrier());
    mapped.put("trackingNo", reached.trackingNo());
    if (reached.payment() != null) {
      Map<String, Object> payment = money(reached.payment().amount());
      payment.put("id", reached.payment().id());
      mapped.put("payment", payment);
    }
    return mapped;
  }

  private static Map<String, Object> money(Money amount) {
    Map<String, Object> money = new HashMap<>();
    money.put("amount", amount.toDecimal());
    money.put("currency", amount.currency().getCurrencyCode());
    return money;
  }

  /** A facts object as a mapping makes it. */
  public static Map<String, Object> facts(String number, Object... facts) {
    return Map.of("order", Map.of("shop", "demo", "number", number), "facts", List.of(facts));
  }

  public static Map<String, Object> reached(String milestone, String at) {
    return Map.of("milestone", milestone, "at", at);
  }
}
