package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads everything that is known of one order, by index however many there are. Answers join the
 * caller's transaction.
 */
@Singleton
public class OrderTraces {
  private static final int HISTORY_MAX = 500;
  private static final int EVENTS_MAX = 200;
  // A shop's newest orders are enough to see by whom it is usually served.
  private static final int USUAL_MAX = 50;
  private static final int NEAR_MAX = 10;
  private static final int NEAR_LOOKED_AT = 100;

  private static final String ORDER =
      """
      select id, revision, state, created_at, updated_at
        from customer_order where shop = ? and number = ?\
      """;
  private static final String HISTORY =
      """
      select recorded_at, system, inbox_id, facts from order_fact
       where order_id = ? order by recorded_at desc, inbox_id desc limit ?\
      """;
  private static final String EVENTS =
      "select seq, at, type, body from event where order_id = ? order by seq desc limit ?";

  // By shop, from one to the next by the index, and in each by the number.
  private static final String ELSEWHERE =
      """
      with recursive s (shop) as (
        (select shop from customer_order order by shop limit 1)
        union all
        select (select o.shop from customer_order o where o.shop > s.shop order by o.shop limit 1)
          from s where s.shop is not null)
      select o.shop, o.number from s join customer_order o on o.shop = s.shop
       where o.number = any (?) limit ?\
      """;
  private static final String BEGINNING =
      "select shop, number from customer_order where shop = ? and number >= ? order by number"
          + " limit ?";
  private static final String NEWEST =
      "select state from customer_order where shop = ? order by number desc limit ?";
  private static final String TRACKED =
      """
      select o.shop, o.number from order_tracking t join customer_order o on o.id = t.order_id
       where t.tracking_no = ? order by o.id desc limit ?\
      """;

  private final Ownership ownership;

  public OrderTraces(Ownership ownership) {
    this.ownership = ownership;
  }

  /** The order; empty when no message has named it. */
  public Optional<OrderTrace> find(Connection connection, OrderKey key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ORDER)) {
      query.setString(1, key.shop());
      query.setString(2, key.number());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long id = row.getLong(1);
        OrderState state = Json.state(row.getString(3));
        OrderView view = new OrderView(state, ownership);
        OrderTrace.Standing standing =
            new OrderTrace.Standing(
                id,
                view.status(),
                view.since(),
                row.getLong(2),
                row.getTimestamp(4).toInstant(),
                row.getTimestamp(5).toInstant());
        return Optional.of(
            new TraceReader(state, view)
                .trace(key, standing, history(connection, id), events(connection, id)));
      }
    }
  }

  private static List<OrderTrace.Said> history(Connection connection, long order)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
      query.setLong(1, order);
      query.setInt(2, HISTORY_MAX);
      List<OrderTrace.Said> history = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          history.add(
              0,
              new OrderTrace.Said(
                  rows.getTimestamp(1).toInstant(),
                  rows.getString(2),
                  rows.getObject(3, Long.class),
                  TraceReader.steps(rows.getString(4))));
        }
      }
      return history;
    }
  }

  private static List<OrderTrace.Happened> events(Connection connection, long order)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
      query.setLong(1, order);
      query.setInt(2, EVENTS_MAX);
      List<OrderTrace.Happened> events = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String body = rows.getString(4);
          events.add(
              0,
              new OrderTrace.Happened(
                  rows.getLong(1),
                  rows.getTimestamp(2).toInstant(),
                  rows.getString(3),
                  TraceReader.change(body),
                  body));
        }
      }
      return events;
    }
  }

  /**
   * Orders that may be meant by a number which is not known: the same number in other shops, with
   * or without a hash sign and blanks, in other letters, and longer numbers of the same shop that
   * begin so.
   */
  public List<OrderKey> near(Connection connection, OrderKey asked) throws SQLException {
    String plain = asked.number().strip().replaceFirst("^#", "");
    Set<String> same = new LinkedHashSet<>(List.of(asked.number()));
    same.addAll(List.of(plain, "#" + plain));
    same.addAll(List.of(plain.toUpperCase(Locale.ROOT), plain.toLowerCase(Locale.ROOT)));
    Set<OrderKey> near = new LinkedHashSet<>();
    try (PreparedStatement query = connection.prepareStatement(ELSEWHERE)) {
      query.setArray(1, connection.createArrayOf("text", same.toArray()));
      query.setInt(2, NEAR_MAX);
      near.addAll(keys(query));
    }
    if (!plain.isEmpty()) {
      try (PreparedStatement query = connection.prepareStatement(BEGINNING)) {
        query.setString(1, asked.shop());
        query.setString(2, plain);
        query.setInt(3, NEAR_LOOKED_AT);
        keys(query).stream().filter(key -> key.number().startsWith(plain)).forEach(near::add);
      }
    }
    return near.stream().limit(NEAR_MAX).toList();
  }

  private static List<OrderKey> keys(PreparedStatement query) throws SQLException {
    List<OrderKey> keys = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        keys.add(new OrderKey(rows.getString(1), rows.getString(2)));
      }
    }
    return keys;
  }

  /** Orders of which this tracking number was ever told, the newest first, at most ten. */
  static List<OrderKey> tracked(Connection connection, String trackingNo) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TRACKED)) {
      query.setString(1, trackingNo);
      query.setInt(2, NEAR_MAX);
      return keys(query);
    }
  }

  /** Who has spoken of a milestone in the shop's newest orders, to know whom it usually is from. */
  public Usual usual(Connection connection, String shop) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setString(1, shop);
      query.setInt(2, USUAL_MAX);
      Usual usual = new Usual();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          usual.count(Json.state(rows.getString(1)));
        }
      }
      return usual;
    }
  }
}
