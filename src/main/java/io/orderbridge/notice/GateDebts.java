package io.orderbridge.notice;

import io.orderbridge.order.Debts;
import io.orderbridge.order.OrderEvent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Owes customers their notices: looks at the gates in the transaction that changes an order, so
 * that a notice exists if and only if the change does. A gate that was open before makes nothing.
 */
@Singleton
class GateDebts implements Debts {
  private static final Set<String> NAMES_RECEIVER = Set.of("order.created", "order.updated");
  private static final Duration TOLD_LATER_MAX = Duration.ofDays(1);

  private final NoticeRulesInForce rules;
  private final Notices notices;
  private final Clock clock;

  GateDebts(NoticeRulesInForce rules, Notices notices, Clock clock) {
    this.rules = rules;
    this.notices = notices;
    this.clock = clock;
  }

  // Messages come in any order: of the parcel before the order, and so before who gets it.
  private static Set<Long> told(List<OrderEvent> events) {
    return events.stream()
        .filter(event -> NAMES_RECEIVER.contains(event.type()))
        .map(OrderEvent::orderId)
        .collect(Collectors.toSet());
  }

  @Override
  public void owe(Connection connection, List<OrderEvent> events) throws SQLException {
    Map<String, Gate> gates = rules.now().gates();
    if (gates.isEmpty() || events.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    notices.contactMayBeKnown(connection, told(events), now.minus(TOLD_LATER_MAX));
    // Of the events of an order the last one shows how it is now; an order is looked at once.
    Map<Long, OrderEvent> newest = new LinkedHashMap<>();
    Map<Long, Set<Gate>> asked = new HashMap<>();
    for (OrderEvent event : events) {
      newest.put(event.orderId(), event);
      for (Gate gate : gates.values()) {
        if (gate.listens(event.order().shop(), event.type())) {
          asked.computeIfAbsent(event.orderId(), id -> new LinkedHashSet<>()).add(gate);
        }
      }
    }
    List<Opened> opened = new ArrayList<>();
    newest.forEach(
        (order, event) ->
            asked
                .getOrDefault(order, Set.of())
                .forEach(gate -> opened.addAll(Opened.by(gate, event, now))));
    notices.open(connection, opened, now);
  }
}
