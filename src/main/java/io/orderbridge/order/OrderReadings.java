package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Columns;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads orders for checks, many at once, in the caller's transaction. What it costs is one
 * statement and some twenty microseconds per order.
 */
@Singleton
public class OrderReadings {
  /** The canonical statuses, in the order in which an order usually comes through them. */
  public static final List<String> STATUSES =
      List.of(
          "UNKNOWN",
          "CREATED",
          "PAID",
          "ACCEPTED",
          "PACKED",
          "PARTIALLY_SHIPPED",
          "SHIPPED",
          "IN_TRANSIT",
          "DELIVERED",
          "COMPLETED",
          "CANCELLED");

  /** The statuses of a refund case. */
  public static final List<String> REFUNDS =
      Arrays.stream(RefundStatus.values()).map(Enum::name).toList();

  private static final String LOAD =
      "select id, shop, number, state from customer_order where id = any (?) order by id";

  // By the primary key, so that a walk over all orders holds one page and no long transaction.
  private static final String WALK =
      """
      select id from customer_order
       where id > ? and (status not in ('COMPLETED', 'CANCELLED') or updated_at > ?)
       order by id limit ?\
      """;

  // As in the history that people see: an order with more words is one that somebody replays.
  private static final int HISTORY_MAX = 500;
  private static final String HISTORY =
      """
      select order_id, system, recorded_at, inbox_id, facts from order_fact
       where order_id = ? order by recorded_at limit ?\
      """;

  private final Ownership ownership;

  public OrderReadings(Ownership ownership) {
    this.ownership = ownership;
  }

  /**
   * What one message said of an order.
   *
   * @param message number of the stored message; null when it came by hand
   * @param words what it said was reached: {@code PACKED@1}, {@code R1/REFUNDED}
   * @param code the system's own code; null when it named none
   */
  public record Said(
      String system, Instant recordedAt, Long message, List<String> words, String code) {}

  /** The orders of these numbers, by number; those that are not there are missing. */
  public List<OrderReading> read(Connection connection, Collection<Long> ids) throws SQLException {
    List<OrderReading> readings = new ArrayList<>(ids.size());
    ReadingMaker maker = new ReadingMaker(ownership);
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setArray(1, Columns.array(connection, "bigint", ids, id -> id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          OrderKey key = new OrderKey(rows.getString(2), rows.getString(3));
          readings.add(maker.of(rows.getLong(1), key, Json.state(rows.getString(4))));
        }
      }
    }
    return readings;
  }

  /**
   * The next orders that are open, or were closed not long ago, by their numbers.
   *
   * @param after the last number seen; 0 to begin
   * @param changedSince closed orders that changed later come along
   */
  public List<Long> walk(Connection connection, long after, Instant changedSince, int max)
      throws SQLException {
    List<Long> ids = new ArrayList<>(max);
    try (PreparedStatement query = connection.prepareStatement(WALK)) {
      query.setLong(1, after);
      query.setTimestamp(2, Timestamp.from(changedSince));
      query.setInt(3, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  /** What was said of each of these orders, the oldest first, at most 500 words of each. */
  public Map<Long, List<Said>> history(Connection connection, Collection<Long> ids)
      throws SQLException {
    Map<Long, List<Said>> history = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
      for (Long id : ids) {
        List<Said> said = new ArrayList<>();
        query.setLong(1, id);
        query.setInt(2, HISTORY_MAX);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            said.add(said(rows));
          }
        }
        history.put(id, said);
      }
    }
    return history;
  }

  private static Said said(ResultSet row) throws SQLException {
    Map<String, Object> text = Json.object(row.getString(5));
    List<String> words = new ArrayList<>();
    if (text.get("facts") instanceof List<?> facts) {
      facts.forEach(fact -> words.add(word((Map<?, ?>) fact)));
    }
    return new Said(
        row.getString(2),
        row.getTimestamp(3).toInstant(),
        row.getObject(4, Long.class),
        words,
        (String) text.get("raw"));
  }

  private static String word(Map<?, ?> fact) {
    if (fact.containsKey("refund")) {
      return fact.get("refund") + "/" + fact.get("status");
    }
    Object parcel = fact.get("parcel");
    boolean ofOrder = parcel == null || parcel.equals("");
    return ofOrder ? "" + fact.get("milestone") : fact.get("milestone") + "@" + parcel;
  }
}
