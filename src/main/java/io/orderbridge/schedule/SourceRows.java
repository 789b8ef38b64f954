package io.orderbridge.schedule;

import static io.orderbridge.store.Columns.array;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rows of files that were read for a day: the newest version of each, good and put aside. */
@Singleton
class SourceRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 1_000;
  private static final int LOCK = 28517;

  private static final String NEWER =
      "select 1 from source_row where source = ? and starts_at = ? and inbox_id > ? limit 1";
  // A day's file comes a second time when it was corrected or asked for again: rare, so its rows
  // may be deleted one by one.
  private static final String OLDER =
      "delete from source_row where source = ? and starts_at = ? and inbox_id <= ?";
  private static final String INSERT =
      """
      insert into source_row (source, starts_at, inbox_id, place, line, body, problem)
      select ?, ?, ?, place, line, body, problem
        from unnest(?::int[], ?::bigint[], ?::text[], ?::text[]) as r (place, line, body, problem)\
      """;
  private static final String LIST =
      """
      select place, line, body, problem, inbox_id from source_row
       where source = ? and starts_at = ? and place > ? and (not ? or problem is not null)
       order by place limit ?\
      """;

  private final Database database;

  SourceRows(Database database) {
    this.database = database;
  }

  /**
   * One row of a file.
   *
   * @param place 1, 2, 3, ... as the file was read
   * @param line in the file; null when it is not known
   * @param body JSON object
   * @param problem why it was put aside, or null
   */
  record Row(int place, Long line, String body, String problem, long inboxId) {
    /** For callers of the API. */
    Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("place", place);
      view.put("line", line);
      view.put("columns", columns(body));
      view.put("problem", problem);
      view.put("message", inboxId);
      view.values().removeIf(Objects::isNull);
      return view;
    }
  }

  /**
   * Keeps the rows of a file in place of those of an older version.
   *
   * @param told start of the file's window as its message says it; null when only the windows know
   * @param rows maps by column
   * @param refused maps with line and why
   * @throws Refusal when the file belongs to no window and to no day
   */
  void keep(Source source, long inboxId, Instant told, List<?> rows, List<?> refused) {
    database.run(
        connection -> {
          Instant start = told == null ? start(connection, source, inboxId) : told;
          try (PreparedStatement lock =
              connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
            lock.setInt(1, LOCK);
            lock.setString(2, source.key() + start);
            lock.execute();
          }
          // A newer version was quicker: this one is history.
          if (exists(connection, source, start, inboxId)) {
            return;
          }
          try (PreparedStatement delete = connection.prepareStatement(OLDER)) {
            of(delete, source, start, inboxId);
            delete.executeUpdate();
          }
          int place = insert(connection, source, start, inboxId, rows, 0, false);
          insert(connection, source, start, inboxId, refused, place, true);
        });
  }

  private static Instant start(Connection connection, Source source, long inboxId)
      throws SQLException {
    return WindowItems.windowOf(connection, source.key(), inboxId)
        .orElseThrow(
            () ->
                new Refusal(
                    Cause.FILE_REFUSED,
                    "windows:" + source.key(),
                    "the file was not read for a window of this source, and no header"
                        + " OrderbridgeDay says which day it is of (2026-11-20)"));
  }

  private static boolean exists(Connection connection, Source source, Instant start, long inboxId)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWER)) {
      of(query, source, start, inboxId);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private static int insert(
      Connection connection,
      Source source,
      Instant start,
      long inboxId,
      List<?> rows,
      int placed,
      boolean refused)
      throws SQLException {
    int place = placed;
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int from = 0; from < rows.size(); from += BATCH) {
        List<Row> batch = new ArrayList<>();
        for (Object row : rows.subList(from, Math.min(from + BATCH, rows.size()))) {
          place++;
          batch.add(row(place, row, refused));
        }
        of(insert, source, start, inboxId);
        insert.setArray(4, array(connection, "int", batch, Row::place));
        insert.setArray(5, array(connection, "bigint", batch, Row::line));
        insert.setArray(6, array(connection, "text", batch, Row::body));
        insert.setArray(7, array(connection, "text", batch, Row::problem));
        insert.executeUpdate();
      }
    }
    return place;
  }

  private static Row row(int place, Object given, boolean refused) {
    if (!(given instanceof Map<?, ?> columns)) {
      throw new Refusal(
          Cause.FILE_REFUSED, "/" + (place - 1), "is no row; expected a list of objects by column");
    }
    Map<Object, Object> body = new LinkedHashMap<>(columns);
    Object line = body.remove(refused ? "line" : "@line");
    Object why = refused ? body.remove("why") : null;
    boolean numbered = line != null && line.toString().matches("\\d{1,18}");
    return new Row(
        place,
        numbered ? Long.valueOf(line.toString()) : null,
        text(body).replace('\0', ' '),
        refused ? String.valueOf(why == null ? "put aside" : why) : null,
        0);
  }

  private static JsonNode columns(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored row is not readable", e);
    }
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and texts can be written", e);
    }
  }

  /** Rows of a day after a place. */
  List<Row> list(String source, Instant start, int after, boolean refused, int max) {
    return database.inTransaction(
        connection -> {
          List<Row> rows = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(LIST)) {
            query.setString(1, source);
            query.setTimestamp(2, Timestamp.from(start));
            query.setInt(3, after);
            query.setBoolean(4, refused);
            query.setInt(5, max);
            try (ResultSet found = query.executeQuery()) {
              while (found.next()) {
                rows.add(
                    new Row(
                        found.getInt(1),
                        found.getObject(2, Long.class),
                        found.getString(3),
                        found.getString(4),
                        found.getLong(5)));
              }
            }
          }
          return rows;
        });
  }

  private static void of(PreparedStatement statement, Source source, Instant start, long inboxId)
      throws SQLException {
    statement.setString(1, source.key());
    statement.setTimestamp(2, Timestamp.from(start));
    statement.setLong(3, inboxId);
  }
}
