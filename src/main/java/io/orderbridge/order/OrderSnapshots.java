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

  /** An order now. What nobody asks for is not taken apart. */
  public static final class Snapshot {
    private final long id;
    private final OrderKey key;
    private final String state;
    private final Ownership ownership;
    private final Map<String, Object> receiver;
    private final String customer;

    private Snapshot(ResultSet row, Ownership ownership) throws SQLException {
      this.id = row.getLong(1);
      this.key = new OrderKey(row.getString(2), row.getString(3));
      this.state = row.getString(4);
      String person = row.getString(5);
      this.receiver = person == null ? Map.of() : Json.object(person);
      this.customer = row.getString(6);
      this.ownership = ownership;
    }

    public long id() {
      return id;
    }

    public OrderKey key() {
      return key;
    }

    /** As in events, without revision and change. Made anew by each call. */
    public Map<String, Object> data() {
      return new OrderView(Json.state(state), ownership).data(key);
    }

    /** Personal data; empty when nobody has told of it, or it was erased. */
    public Map<String, Object> receiver() {
      return receiver;
    }

    /** {@link CustomerKey}; null when it is not known. */
    public String customer() {
      return customer;
    }
  }

  /** By number; orders that do not exist are missing. Joins the caller's transaction. */
  public Map<Long, Snapshot> load(Connection connection, Collection<Long> ids) throws SQLException {
    Map<Long, Snapshot> orders = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setArray(1, Columns.array(connection, "bigint", ids, id -> id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          orders.put(rows.getLong(1), new Snapshot(rows, ownership));
        }
      }
    }
    return orders;
  }
}
