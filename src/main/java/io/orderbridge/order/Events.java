package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads events: one by one for who delivers them, and as a feed for who follows (R07). */
@Singleton
public class Events {
  private static final int PAGE_MAX = 1000;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

  private static final String LOAD =
      """
      select e.seq, e.type, e.body, p.receiver
        from event e
        join unnest(?::bigint[], ?::timestamptz[]) as i (seq, at) on e.seq = i.seq and e.at = i.at
        left join order_person p on ? and p.order_id = e.order_id\
      """;

  // A number given when the row was written is not enough: a transaction that began earlier may
  // commit later, with a lower number, after a reader has passed it. So the feed is in the order of
  // transactions, and ends before the oldest one that still runs.
  static final String SETTLED =
      """
      tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
           + (select amount from feed_offset)\
      """;

  private static final String FEED =
      "select tx, seq, body from event where (tx, seq) > (?, ?) and "
          + SETTLED
          + " order by tx, seq limit ?";

  private static final String AFTER_RESTORE =
      """
      update feed_offset
         set amount = greatest(amount, coalesce((select max(tx) from event), 0)
                                       - pg_current_xact_id()::text::bigint + 1)\
      """;

  // Of each type the newest: which of them a target wants is not known here.
  private static final String NEWEST =
      """
      select distinct on (e.order_id, e.type)
             e.seq, e.at, e.id, e.type, e.order_id, o.shop, o.number, e.body
        from customer_order o
        join unnest(?::text[], ?::text[]) as k (shop, number)
          on o.shop = k.shop and o.number = k.number
        join event e on e.order_id = o.id
       order by e.order_id, e.type, e.seq desc\
      """;

  private static final String SINCE =
      """
      select e.seq, e.at, e.id, e.type, e.order_id, o.shop, o.number, e.body
        from customer_order o join event e on e.order_id = o.id
       where o.shop = ? and o.number = ? and e.seq > ? order by e.seq limit ?\
      """;

  /**
   * An event as it is delivered.
   *
   * @param body CloudEvent as JSON, without personal data
   * @param receiver personal data as JSON; null unless asked for, or when there is none
   */
  public record Stored(long seq, String type, String body, String receiver) {}

  /** Where an event is stored. */
  public record Place(long seq, Instant at) {}

  /**
   * A part of the feed.
   *
   * @param events CloudEvents as JSON
   * @param cursor where to go on; the same as before when there is nothing new
   */
  public record Page(List<String> events, String cursor) {}

  private final Database database;

  public Events(Database database) {
    this.database = database;
  }

  /** The events at these places, by number; those past their retention are missing. */
  public Map<Long, Stored> load(List<Place> places, boolean personal) {
    return database.inTransaction(
        connection -> {
          Map<Long, Stored> events = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(LOAD)) {
            query.setArray(1, Columns.array(connection, "bigint", places, Place::seq));
            query.setArray(
                2,
                Columns.array(connection, "timestamptz", places, place -> place.at().toString()));
            query.setBoolean(3, personal);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                events.put(
                    rows.getLong(1),
                    new Stored(
                        rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4)));
              }
            }
          }
          return events;
        });
  }

  /** The number that the next event will pass. Joins the caller's transaction. */
  public static long mark(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "select last_value - case when is_called then 0 else 1 end from event_seq");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Of each order the newest event of each type, the newest first; those past their retention are
   * missing. Joins the caller's transaction.
   */
  public static Map<OrderKey, List<OrderEvent>> newest(
      Connection connection, Collection<OrderKey> orders) throws SQLException {
    Map<OrderKey, List<OrderEvent>> newest = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setArray(1, Columns.array(connection, "text", orders, OrderKey::shop));
      query.setArray(2, Columns.array(connection, "text", orders, OrderKey::number));
      for (OrderEvent event : events(query)) {
        newest.computeIfAbsent(event.order(), key -> new ArrayList<>()).add(event);
      }
    }
    newest.values().forEach(list -> list.sort(Comparator.comparing(OrderEvent::seq).reversed()));
    return newest;
  }

  /** The events of an order after a {@link #mark}, at most 1000; joins the transaction. */
  public static List<OrderEvent> since(Connection connection, OrderKey order, long mark)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SINCE)) {
      query.setString(1, order.shop());
      query.setString(2, order.number());
      query.setLong(3, mark);
      query.setInt(4, PAGE_MAX);
      return events(query);
    }
  }

  private static List<OrderEvent> events(PreparedStatement query) throws SQLException {
    List<OrderEvent> events = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        events.add(
            new OrderEvent(
                rows.getLong(1),
                rows.getTimestamp(2).toInstant(),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5),
                new OrderKey(rows.getString(6), rows.getString(7)),
                Json.object(rows.getString(8))));
      }
    }
    return events;
  }

  /**
   * What happened after the cursor, never skipping a change that committed late.
   *
   * @param cursor of the page before; empty from the beginning
   * @param limit 1 to 1000
   * @throws IllegalArgumentException when the cursor is none
   */
  public Page after(String cursor, int limit) {
    long[] from = position(cursor);
    int page = Math.max(1, Math.min(limit, PAGE_MAX));
    return database.inTransaction(connection -> page(connection, from, page));
  }

  static long[] position(String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return new long[] {0, 0};
    }
    var matcher = CURSOR.matcher(cursor);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'after' is no cursor; leave it out to begin, or give the cursor of the last answer");
    }
    return new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))};
  }

  private static Page page(Connection connection, long[] from, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FEED)) {
      query.setLong(1, from[0]);
      query.setLong(2, from[1]);
      query.setInt(3, limit);
      List<String> events = new ArrayList<>();
      long tx = from[0];
      long seq = from[1];
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tx = rows.getLong(1);
          seq = rows.getLong(2);
          events.add(rows.getString(3));
        }
      }
      return new Page(events, tx + "." + seq);
    }
  }

  /**
   * Keeps old cursors valid in a database that was restored from a dump, whose transactions count
   * from a lower number. Called at start; changes nothing otherwise.
   */
  public void followRestore() {
    database.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(AFTER_RESTORE)) {
            update.executeUpdate();
          }
        });
  }
}
