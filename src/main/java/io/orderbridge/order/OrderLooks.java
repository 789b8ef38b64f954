package io.orderbridge.order;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Looks at many orders at once, without locking them. */
@Singleton
public class OrderLooks {
  private static final String LOOK =
      """
      select o.id, o.shop, o.number, o.revision, o.state
        from customer_order o
        join unnest(?::text[], ?::text[]) as k (shop, number)
          on o.shop = k.shop and o.number = k.number\
      """;

  private final Ownership ownership;

  public OrderLooks(Ownership ownership) {
    this.ownership = ownership;
  }

  /** The orders that are known, by their key; joins the caller's transaction. */
  public Map<OrderKey, OrderLook> look(Connection connection, Collection<OrderKey> keys)
      throws SQLException {
    Map<OrderKey, OrderLook> looks = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOOK)) {
      query.setArray(1, array(connection, "text", keys, OrderKey::shop));
      query.setArray(2, array(connection, "text", keys, OrderKey::number));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          OrderKey key = new OrderKey(rows.getString(2), rows.getString(3));
          OrderState state = Json.state(rows.getString(5));
          looks.put(key, new OrderLook(rows.getLong(1), key, rows.getLong(4), state, ownership));
        }
      }
    }
    return looks;
  }
}
