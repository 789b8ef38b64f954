package io.orderbridge.work;

import io.orderbridge.kernel.Cause;
import io.orderbridge.store.Columns;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.DeadLetter.Try;
import io.orderbridge.work.Work.Item;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How dead letters and their attempts are read from rows, and how a filter becomes a condition. */
final class DeadLetterRows {
  static final String COLUMNS =
      """
      id, queue, subject, key, cause, place, message, attempts, since, died_at, state,
      settled_at, settled_by, reason\
      """;

  private DeadLetterRows() {}

  /**
   * The condition of a filter. Only what is wanted stands in it: what holds for null as well would
   * keep the prepared statement from using an index.
   */
  static String match(Filter filter) {
    return "where state = ?"
        + (filter.connection() == null ? "" : " and queue = 'inbox:' || ?")
        + (filter.target() == null ? "" : " and queue = 'outbox:' || ?")
        + (filter.cause() == null ? "" : " and cause = ?")
        + (filter.subject() == null ? "" : " and subject = ?")
        + (filter.from() == null ? "" : " and died_at >= ?")
        + (filter.to() == null ? "" : " and died_at < ?");
  }

  /** Sets the parameters of {@link #match}; the number of the next parameter. */
  static int bind(PreparedStatement query, Filter filter) throws SQLException {
    int next = 1;
    query.setString(next++, filter.state() == null ? "OPEN" : filter.state());
    String cause = filter.cause() == null ? null : filter.cause().name();
    for (String value :
        new String[] {filter.connection(), filter.target(), cause, filter.subject()}) {
      if (value != null) {
        query.setString(next++, value);
      }
    }
    for (Instant value : new Instant[] {filter.from(), filter.to()}) {
      if (value != null) {
        query.setTimestamp(next++, Timestamp.from(value));
      }
    }
    return next;
  }

  static DeadLetter letter(ResultSet row) throws SQLException {
    Timestamp settled = row.getTimestamp(12);
    return new DeadLetter(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Cause.valueOf(row.getString(5)),
        row.getString(6),
        row.getString(7),
        row.getInt(8),
        row.getTimestamp(9).toInstant(),
        row.getTimestamp(10).toInstant(),
        row.getString(11),
        settled == null ? null : settled.toInstant(),
        row.getString(13),
        row.getString(14));
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  static List<Try> tries(Connection connection, String queue, long ref) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select at, number, outcome, cause, status, answer, why, took_ms
              from attempt where ref = ? and queue = ? order by at limit 500\
            """)) {
      query.setLong(1, ref);
      query.setString(2, queue);
      List<Try> tries = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tries.add(
              new Try(
                  rows.getTimestamp(1).toInstant(),
                  rows.getInt(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getObject(5, Integer.class),
                  rows.getString(6),
                  rows.getString(7),
                  rows.getInt(8)));
        }
      }
      return tries;
    }
  }

  /** Numbers of the work of which there is a letter, in whatever state. */
  static Set<Long> buried(Connection connection, Collection<Item> items) throws SQLException {
    Set<Long> buried = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select work_id from dead_letter where ref = any (?) and work_id = any (?)")) {
      query.setArray(1, Columns.array(connection, "bigint", items, item -> item.what().ref()));
      query.setArray(2, Columns.array(connection, "bigint", items, Item::id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          buried.add(rows.getLong(1));
        }
      }
    }
    return buried;
  }
}
