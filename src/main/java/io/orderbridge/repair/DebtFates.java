package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderLook;
import io.orderbridge.order.OrderLooks;
import io.orderbridge.outbox.Redelivery;
import io.orderbridge.store.Database;
import io.orderbridge.work.Fates;
import io.orderbridge.work.Fates.Asked;
import io.orderbridge.work.Fates.Fate;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database knows of how a repaired order arrived. Reads the table {@code system_state},
 * which belongs to the comparison: what was read at a target is the other side of what it is owed.
 */
@Singleton
class DebtFates {
  private static final String STATE =
      """
      select status, read_at from system_state where system = ? and shop = ? and number = ?\
      """;

  private final Database database;
  private final OrderLooks looks;

  DebtFates(Database database, OrderLooks looks) {
    this.database = database;
    this.looks = looks;
  }

  /** What a target shows of an order, and when it was read there. */
  record State(String status, Instant readAt) {}

  /** The fates of what a target is owed, by the numbers of the events. */
  List<Fate> of(Shown target, long workMark) {
    List<Asked> asked = new ArrayList<>();
    for (String ref : target.refs()) {
      asked.add(new Asked(Redelivery.queue(target.target()), Long.parseLong(ref), workMark));
    }
    Map<Asked, Fate> found = database.inTransaction(connection -> Fates.find(connection, asked));
    return asked.stream().map(found::get).toList();
  }

  /** Empty when the target was never read, or does not show the order. */
  Optional<State> state(String target, OrderKey order) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(STATE)) {
            query.setString(1, target);
            query.setString(2, order.shop());
            query.setString(3, order.number());
            try (ResultSet row = query.executeQuery()) {
              return row.next()
                  ? Optional.of(new State(row.getString(1), row.getTimestamp(2).toInstant()))
                  : Optional.empty();
            }
          }
        });
  }

  /** The order as it is now. */
  OrderLook order(OrderKey order) {
    return database.inTransaction(connection -> looks.look(connection, List.of(order)).get(order));
  }
}
