package io.orderbridge.notice;

import io.orderbridge.order.OrderSnapshots.Snapshot;
import io.orderbridge.order.Purchases;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of the customers of a batch of orders, read by sets. */
@Singleton
class KnownCustomers {
  private final Plans plans;
  private final Purchases purchases;

  KnownCustomers(Plans plans, Purchases purchases) {
    this.plans = plans;
    this.purchases = purchases;
  }

  /**
   * Nobody else counts the messages of these customers until the transaction ends. Only what rules
   * ask for is read.
   */
  Deciding.Known of(
      Connection connection, Collection<Snapshot> orders, NoticeRules rules, Instant now)
      throws SQLException {
    Set<String> customers =
        orders.stream()
            .map(Snapshot::customer)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(HashSet::new));
    return new Deciding.Known(
        Contacts.of(connection, customers),
        Consents.of(connection, customers),
        counted(connection, customers, rules, now),
        rules.personal().isEmpty()
            ? Map.of()
            : personal(connection, orders, customers, new Personal(rules.personal()), now));
  }

  // A day begins where the cap says.
  private Map<ZoneId, Map<String, Integer>> counted(
      Connection connection, Set<String> customers, NoticeRules rules, Instant now)
      throws SQLException {
    Map<ZoneId, Map<String, Integer>> counted = new HashMap<>();
    for (ChannelRules.Cap cap : rules.policy().caps()) {
      if (!counted.containsKey(cap.zone())) {
        counted.put(cap.zone(), plans.counted(connection, customers, cap.dayBegan(now)));
      }
    }
    return counted;
  }

  private Map<Long, String> personal(
      Connection connection,
      Collection<Snapshot> orders,
      Set<String> customers,
      Personal rules,
      Instant now)
      throws SQLException {
    Map<String, List<Purchases.Bought>> bought = purchases.of(connection, customers);
    Map<Long, String> personal = new HashMap<>();
    for (Snapshot order : orders) {
      List<Purchases.Bought> all = bought.getOrDefault(order.customer(), List.of());
      all.stream()
          .filter(one -> one.orderId() == order.id())
          .findFirst()
          .flatMap(
              current ->
                  rules.match(
                      new History(
                          all.stream()
                              .filter(one -> one.orderId() != order.id())
                              .map(KnownCustomers::purchase)
                              .toList()),
                      new CurrentOrder(purchase(current), now)))
          .ifPresent(rule -> personal.put(order.id(), rule.name()));
    }
    return personal;
  }

  private static Purchase purchase(Purchases.Bought bought) {
    return new Purchase(
        bought.at(),
        bought.total(),
        bought.lines().stream()
            .map(line -> new Purchase.Line(line.sku(), line.title(), line.quantity()))
            .toList());
  }
}
