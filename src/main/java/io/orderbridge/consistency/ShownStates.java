package io.orderbridge.consistency;

import io.orderbridge.order.OrderReading;
import io.orderbridge.store.Columns;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what systems show of the orders that are looked at, from {@code system_state}. */
@Singleton
class ShownStates {
  private static final String LOAD =
      """
      select s.shop || '/' || s.number, s.system, s.status, s.raw, s.at, s.read_at
        from system_state s
        join unnest(?::text[], ?::text[]) as k (shop, number)
          on s.shop = k.shop and s.number = k.number
       order by s.system\
      """;

  /** By {@code shop/number}, sorted by system; orders that were read nowhere are missing. */
  Map<String, List<ShownState>> of(Connection connection, List<OrderReading> orders)
      throws SQLException {
    Map<String, List<ShownState>> shown = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setArray(1, Columns.array(connection, "text", orders, order -> order.key().shop()));
      query.setArray(2, Columns.array(connection, "text", orders, order -> order.key().number()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Timestamp at = rows.getTimestamp(5);
          shown
              .computeIfAbsent(rows.getString(1), key -> new ArrayList<>())
              .add(
                  new ShownState(
                      rows.getString(2),
                      rows.getString(3),
                      rows.getString(4),
                      at == null ? null : at.toInstant(),
                      rows.getTimestamp(6).toInstant()));
        }
      }
    }
    return shown;
  }
}
