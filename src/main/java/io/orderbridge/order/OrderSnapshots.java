package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Columns;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Many orders at once as they are now, with their receivers, for who writes to customers. */
@Singleton
public class OrderSnapshots {
  private static final String LOAD =
      """
      select o.id, o.shop, o.number, o.state, p.receiver, p.customer
        from customer_order o
        join unnest(?::bigint[]) as i (id) on i.id = o.id
        left join order_person p on p.order_id = o.id\
      """;

  private final Ownership ownership;

  public OrderSnapshots(Ownership ownership) {
    this.ownership = ownership;
  }

  /**
   * An order now.
   *
   * @param data as in events, without revision and change
   * @param receiver personal data; empty when nobody has told of it, or it was erased
   * @param customer {@link CustomerKey}; null when it is not known
   */
  public record Snapshot(
      long id,
      OrderKey key,
      Map<String, Object> data,
      Map<String, Object> receiver,
      String customer) {}

  /** By number; orders that do not exist are missing. Joins the caller's transaction. */
  public Map<Long, Snapshot> load(Connection connection, Collection<Long> ids)
      throws SQLException {
    Map<Long, Snapshot> orders = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setArray(1, Columns.array(connection, "bigint", ids, id -> id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          OrderKey key = new OrderKey(rows.getString(2), rows.getString(3));
          String receiver = rows.getString(5);
          orders.put(
              rows.getLong(1),
              new Snapshot(
                  rows.getLong(1),
                  key,
                  new OrderView(Json.state(rows.getString(4)), ownership).data(key),
                  receiver == null ? Map.of() : Json.object(receiver),
                  rows.getString(6)));
        }
      }
    }
    return orders;
  }
}
