package io.orderbridge.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** The statements on rows that wait for their day to be complete. */
final class StagingSql {
  // The newest word counts, whichever comes first: messages are worked on side by side. One that
  // says the same again is newer all the same, so that an older one does not undo it.
  private static final String KEEP =
      """
      insert into books_staged as s (book, day, id, message, body)
      select ?, ?, id, ?, body::jsonb from unnest(?::text[], ?::text[]) as r (id, body)
      on conflict (book, day, id) do update set message = excluded.message, body = excluded.body
       where excluded.message > s.message
          or excluded.message = s.message and s.body is distinct from excluded.body\
      """;
  private static final String TOUCH =
      """
      insert into books_staged_day as d (book, day, touched) values (?, ?, 1)
      on conflict (book, day) do update set touched = d.touched + 1\
      """;
  private static final String OPEN =
      "select day from books_staged_day where book = ? and touched > cut order by day";
  private static final String LOCK =
      "select touched from books_staged_day where book = ? and day = ? for update";
  private static final String CUT =
      "update books_staged_day set cut = ? where book = ? and day = ?";
  private static final String COLUMNS =
      """
      select distinct k from books_staged, jsonb_object_keys(body) k
       where book = ? and day = ? order by k\
      """;
  private static final String ROWS =
      """
      select (select array_agg(coalesce(body ->> c, '') order by o)
                from unnest(?::text[]) with ordinality as u (c, o))
        from books_staged where book = ? and day = ? order by id\
      """;
  // A page of rows of some hundred bytes each.
  private static final int FETCH = 1_000;

  private StagingSql() {}

  /** Which rows of a day. */
  record Of(String book, LocalDate day) {}

  /**
   * @param ids each once, in their order
   * @return how many are new, or a newer word
   */
  static int keep(Connection connection, Of of, long message, List<String> ids, List<String> bodies)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
      insert.setString(1, of.book());
      insert.setObject(2, of.day());
      insert.setLong(3, message);
      insert.setArray(4, connection.createArrayOf("text", ids.toArray()));
      insert.setArray(5, connection.createArrayOf("text", bodies.toArray()));
      return insert.executeUpdate();
    }
  }

  static void touch(Connection connection, Of of) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(TOUCH)) {
      insert.setString(1, of.book());
      insert.setObject(2, of.day());
      insert.executeUpdate();
    }
  }

  /** Days that changed since they were last cut. */
  static List<LocalDate> open(Connection connection, String book) throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OPEN)) {
      query.setString(1, book);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          days.add(rows.getObject(1, LocalDate.class));
        }
      }
    }
    return days;
  }

  /** Holds the day against whoever keeps rows of it; empty when there is nothing of it. */
  static OptionalLong lock(Connection connection, Of of) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOCK)) {
      query.setString(1, of.book());
      query.setObject(2, of.day());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  static void cut(Connection connection, Of of, long touched) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CUT)) {
      update.setLong(1, touched);
      update.setString(2, of.book());
      update.setObject(3, of.day());
      update.executeUpdate();
    }
  }

  static List<String> columns(Connection connection, Of of) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, of.book());
      query.setObject(2, of.day());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns;
  }

  /** All rows of a day in the order of their ids, a page at a time. */
  static void rows(
      Connection connection, Of of, List<String> columns, Consumer<Map<String, String>> each)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ROWS)) {
      query.setFetchSize(FETCH);
      query.setArray(
          1, connection.unwrap(PGConnection.class).createArrayOf("text", columns.toArray()));
      query.setString(2, of.book());
      query.setObject(3, of.day());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          each.accept(row(columns, (String[]) rows.getArray(1).getArray()));
        }
      }
    }
  }

  private static Map<String, String> row(List<String> columns, String[] cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      row.put(columns.get(i), cells[i]);
    }
    return row;
  }
}
