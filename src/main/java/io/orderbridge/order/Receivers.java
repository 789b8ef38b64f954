package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Columns;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who orders go to, as far as others have to know. */
@Singleton
public class Receivers {
  private static final int ORDERS_MAX = 100;
  private static final String PHONES =
      "select order_id, receiver::jsonb ->> 'phone' from order_person where order_id = any (?)";
  private static final String ORDERS =
      """
      select o.shop, o.number
        from order_person p join customer_order o on o.id = p.order_id
       where p.customer = ? order by o.id desc limit ?\
      """;

  /** The phone numbers by order; those that are not known are missing. Joins the transaction. */
  public Map<Long, String> phones(Connection connection, Collection<Long> orders)
      throws SQLException {
    Map<Long, String> phones = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(PHONES)) {
      query.setArray(1, Columns.array(connection, "bigint", orders, order -> order));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          if (rows.getString(2) != null) {
            phones.put(rows.getLong(1), rows.getString(2));
          }
        }
      }
    }
    return phones;
  }

  /**
   * Orders of a customer, the newest first, at most a hundred. Joins the caller's transaction.
   *
   * @param customer {@link CustomerKey}
   */
  public List<OrderKey> orders(Connection connection, String customer) throws SQLException {
    List<OrderKey> orders = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ORDERS)) {
      query.setString(1, customer);
      query.setInt(2, ORDERS_MAX);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          orders.add(new OrderKey(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return orders;
  }
}
