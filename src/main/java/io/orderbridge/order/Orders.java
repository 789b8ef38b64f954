package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Audit.Act;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads orders back, for people and for systems that ask. Shows no personal data. */
@Singleton
public class Orders {
  private static final int HISTORY_MAX = 500;

  private final Database database;
  private final Ownership ownership;

  Orders(Database database, Ownership ownership) {
    this.database = database;
    this.ownership = ownership;
  }

  /**
   * The order with its status, what each system claims, and its history; empty when it is not
   * known.
   */
  public Optional<Map<String, Object>> find(OrderKey key) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select id, revision, state, created_at, updated_at from customer_order"
                      + " where shop = ? and number = ?")) {
            query.setString(1, key.shop());
            query.setString(2, key.number());
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? Optional.of(view(connection, key, row)) : Optional.empty();
            }
          }
        });
  }

  /** Their numbers in the database, as other tables name them; who is not known is missing. */
  public List<Long> ids(Collection<OrderKey> keys) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select id from customer_order where (shop, number) in"
                      + " (select * from unnest(?::text[], ?::text[]))")) {
            query.setArray(1, Columns.array(connection, "text", keys, OrderKey::shop));
            query.setArray(2, Columns.array(connection, "text", keys, OrderKey::number));
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                ids.add(rows.getLong(1));
              }
            }
            return ids;
          }
        });
  }

  /** Orders of which this tracking number was ever told, the newest first, at most ten. */
  public List<OrderKey> tracked(String trackingNo) {
    return database.inTransaction(connection -> OrderTraces.tracked(connection, trackingNo));
  }

  /** Orders of a customer by his {@link CustomerKey}, the newest first, at most a hundred. */
  public List<OrderKey> ofCustomer(String customer) {
    return database.inTransaction(connection -> new Receivers().orders(connection, customer));
  }

  /**
   * A customer whose phone number was asked for.
   *
   * @param customer the {@link CustomerKey}, which may stand in a link
   * @param orders the newest first, at most a hundred
   */
  public record OfPhone(String customer, List<OrderKey> orders) {}

  /**
   * Finds a customer's orders by the phone number; who asked is recorded, the number is not.
   *
   * @return empty when it is no whole phone number; then nothing is recorded
   */
  public Optional<OfPhone> ofPhone(String phone, String actor) {
    String customer = CustomerKey.of(phone, null, null);
    return customer == null
        ? Optional.empty()
        : Optional.of(
            database.inTransaction(
                connection -> {
                  Audit.write(connection, new Act(actor, "customer.searched", customer, "", ""));
                  return new OfPhone(customer, new Receivers().orders(connection, customer));
                }));
  }

  private Map<String, Object> view(Connection connection, OrderKey key, ResultSet row)
      throws SQLException {
    OrderState state = Json.state(row.getString(3));
    Map<String, Object> view = new OrderView(state, ownership).data(key);
    view.put("revision", row.getLong(2));
    view.put("createdAt", row.getTimestamp(4).toInstant().toString());
    view.put("updatedAt", row.getTimestamp(5).toInstant().toString());
    Map<String, Object> claims = new TreeMap<>();
    state
        .claims()
        .forEach(
            (scope, systems) -> {
              Map<String, Object> told = new TreeMap<>();
              systems.forEach(
                  (system, at) -> told.put(system, java.time.Instant.ofEpochMilli(at).toString()));
              claims.put(scope, told);
            });
    view.put("claims", claims);
    List<Map<String, Object>> forced = new OrderView(state, ownership).forced();
    if (!forced.isEmpty()) {
      view.put("forced", forced);
    }
    view.put("history", history(connection, row.getLong(1)));
    return view;
  }

  private static List<Map<String, Object>> history(Connection connection, long orderId)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select recorded_at, system, inbox_id, facts from order_fact"
                + " where order_id = ? order by recorded_at limit ?")) {
      query.setLong(1, orderId);
      query.setInt(2, HISTORY_MAX);
      List<Map<String, Object>> history = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Map<String, Object> said = new LinkedHashMap<>();
          said.put("recordedAt", rows.getTimestamp(1).toInstant().toString());
          said.put("system", rows.getString(2));
          said.put("message", rows.getObject(3));
          said.putAll(Json.object(rows.getString(4)));
          history.add(said);
        }
      }
      return history;
    }
  }
}
