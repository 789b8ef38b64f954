package io.orderbridge.notice;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Debts;
import io.orderbridge.order.OrderEvent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private static Set<OrderKey> told(List<OrderEvent> events) {
    return events.stream()
        .filter(event -> NAMES_RECEIVER.contains(event.type()))
        .map(OrderEvent::order)
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
    Map<List<Object>, Opened> opened = new LinkedHashMap<>();
    for (OrderEvent event : events) {
      for (Gate gate : gates.values()) {
        for (Opened one : Opened.by(gate, event, now)) {
          opened.put(List.of(gate.name(), event.orderId(), one.item()), one);
        }
      }
    }
    notices.open(connection, new ArrayList<>(opened.values()), now);
  }
}
