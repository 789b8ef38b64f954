package io.orderbridge.schedule;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import io.orderbridge.schedule.Calendar.Span;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of the sources: how far they are proved, what is missing, what is late. */
@Singleton
class SourceStates {
  private static final int EXTRA_MAX = 3_000;

  // The row is unbroken up to the first window that is not proved. A queue is as complete as its
  // last emptying, the end of its one row. The inner look names no outer row: it is made once.
  private static final String STATE =
      """
      select
        (select w.ends_at from source_window w
          where w.source = ? and not w.extra and w.starts_at < coalesce(
                  (select min(o.starts_at) from source_window o
                    where o.source = ? and o.state <> 'PROVED' and not o.extra
                      and o.ends_at > 'epoch'), 'infinity')
          order by w.starts_at desc limit 1),
        count(*) filter (where due_at > ?), count(*) filter (where due_at <= ?),
        count(*) filter (where late), count(*) filter (where state = 'READ'), sum(dead)::bigint,
        min(due_at) from source_window where source = ? and state <> 'PROVED'\
      """;
  private static final String QUEUE_READ =
      "select read_at from source_window where source = ? and starts_at = 'epoch'";
  private static final String LAST_PROBLEM =
      """
      select cause, problem, starts_at from source_window
       where source = ? and state <> 'PROVED' and problem is not null
       order by starts_at desc limit 1\
      """;
  private static final String WINDOWS =
      """
      select starts_at, ends_at, day::text, state, due_at, next_at, attempts, told, stored,
             restarts, recovered, dead, empty, late, cause, problem, read_at, proved_at
        from source_window
       where source = ? and ends_at > ? and starts_at < ? and %s order by starts_at desc limit ?\
      """;
  private static final String RECOVERED =
      """
      select distinct on (inbox_id) item_id, inbox_id, starts_at from window_item
       where source = ? and fate = 'RECOVERED' and starts_at >= ? and starts_at < ?
       order by inbox_id, starts_at\
      """;
  private static final String DEAD =
      """
      select item_id, inbox_id from window_item
       where source = ? and starts_at = ? and fate = 'DEAD' order by inbox_id limit 100\
      """;

  private final Database database;

  SourceStates(Database database) {
    this.database = database;
  }

  /**
   * One source now.
   *
   * @param completeUntil all before it is proved; null when nothing is
   * @param nextDue when the next window that is not proved is or was due
   */
  record State(
      Instant completeUntil,
      String word,
      long awaited,
      long due,
      long late,
      long unproved,
      long deadLetters,
      Instant nextDue,
      Map<String, Object> problem) {}

  State state(Source source, Instant now) {
    boolean queue = source.pages().order() == Source.Order.QUEUE;
    return database.inTransaction(
        connection -> {
          Instant emptied =
              queue ? one(connection.prepareStatement(QUEUE_READ), source.key()) : null;
          Map<String, Object> problem = problem(connection, source.key());
          try (PreparedStatement query = connection.prepareStatement(STATE)) {
            for (int key : new int[] {1, 2, 5}) {
              query.setString(key, source.key());
            }
            query.setTimestamp(3, Timestamp.from(now));
            query.setTimestamp(4, Timestamp.from(now));
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return state(row, queue ? emptied : instant(row, 1), problem);
            }
          }
        });
  }

  private static State state(ResultSet row, Instant complete, Map<String, Object> problem)
      throws SQLException {
    return new State(
        complete,
        complete == null && row.getLong(2) + row.getLong(3) == 0
            ? "AWAITED"
            : word(row.getLong(2), row.getLong(3), row.getLong(4)),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        instant(row, 7),
        problem);
  }

  private static String word(long awaited, long due, long late) {
    return late > 0 ? "LATE" : due > 0 ? "DUE" : awaited > 0 ? "AWAITED" : "PROVED";
  }

  private static Instant one(PreparedStatement query, String source) throws SQLException {
    try (query) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? instant(row, 1) : null;
      }
    }
  }

  private static Map<String, Object> problem(java.sql.Connection connection, String source)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LAST_PROBLEM)) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("cause", row.getString(1));
        problem.put("text", row.getString(2));
        problem.put("window", instant(row, 3));
        return problem;
      }
    }
  }

  /** Windows that overlap a period, the newest first. */
  List<Map<String, Object>> windows(
      Source source, Instant from, Instant to, String word, Instant now, int max) {
    return database.inTransaction(
        connection -> {
          List<Map<String, Object>> windows = new ArrayList<>();
          // Almost all are proved; of the others an index holds the few.
          boolean proved = word == null || word.equals("PROVED");
          String which = word == null ? "true" : proved ? "state = 'PROVED'" : "state <> 'PROVED'";
          try (PreparedStatement query = connection.prepareStatement(WINDOWS.formatted(which))) {
            query.setString(1, source.key());
            query.setTimestamp(2, Timestamp.from(from));
            query.setTimestamp(3, Timestamp.from(to));
            query.setInt(4, proved ? max : Integer.MAX_VALUE);
            try (ResultSet rows = query.executeQuery()) {
              while (windows.size() < max && rows.next()) {
                Map<String, Object> window = window(rows, now);
                if (word == null || SourceDesk.isOf(word, window.get("state"))) {
                  windows.add(window);
                }
              }
            }
          }
          return windows;
        });
  }

  private static Map<String, Object> window(ResultSet row, Instant now) throws SQLException {
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("from", instant(row, 1));
    window.put("to", instant(row, 2));
    window.put("day", row.getString(3));
    window.put("state", word(row.getString(4), instant(row, 5), row.getBoolean(14), now));
    window.put("read", !row.getString(4).equals("DUE"));
    window.put("dueAt", instant(row, 5));
    window.put("nextAt", instant(row, 6));
    window.put("attempts", row.getInt(7));
    window.put("told", row.getObject(8));
    window.put("stored", row.getObject(9));
    window.put("restarts", row.getInt(10));
    window.put("recovered", row.getLong(11));
    window.put("deadLetters", row.getLong(12));
    window.put("empty", row.getBoolean(13));
    window.put("late", row.getBoolean(14));
    window.put("cause", row.getString(15));
    window.put("problem", row.getString(16));
    window.put("readAt", instant(row, 17));
    window.put("provedAt", instant(row, 18));
    window.values().removeIf(java.util.Objects::isNull);
    return window;
  }

  /** The word for people: AWAITED before its time, LATE long after it. */
  private static String word(String state, Instant due, boolean late, Instant now) {
    if (state.equals("PROVED")) {
      return state;
    }
    return due.isAfter(now) ? "AWAITED" : late ? "LATE" : state;
  }

  /** What came first from this source although it should have been pushed. */
  List<Map<String, Object>> recovered(Source source, Instant from, Instant to) {
    return items(RECOVERED, source.key(), from, to);
  }

  /** What waits as dead letters in the window that starts then. */
  List<Map<String, Object>> dead(Source source, Instant start) {
    return items(DEAD, source.key(), start, null);
  }

  private List<Map<String, Object>> items(String sql, String source, Instant from, Instant to) {
    return database.inTransaction(
        connection -> {
          List<Map<String, Object>> items = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, source);
            query.setTimestamp(2, Timestamp.from(from));
            if (to != null) {
              query.setTimestamp(3, Timestamp.from(to));
            }
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("id", rows.getString(1));
                item.put("message", rows.getLong(2));
                if (to != null) {
                  item.put("window", instant(rows, 3));
                }
                items.add(item);
              }
            }
          }
          return items;
        });
  }

  /**
   * Makes the windows of a period due once more, and adds those that lie before the first one.
   *
   * @return how many are due now
   * @throws IllegalArgumentException when the period is not over, or has too many windows
   */
  int readAgain(Source source, Instant from, Instant to, Instant now, Audit.Act act) {
    return database.inTransaction(
        connection -> {
          int due = 0;
          Instant first = first(connection, source.key());
          Instant until = first == null || to.isBefore(first) ? to : first;
          if (source.pages().order() != Source.Order.QUEUE && from.isBefore(until)) {
            List<Span> spans = Calendar.over(source, from, until, now, EXTRA_MAX);
            if (spans.size() > EXTRA_MAX) {
              throw new Declined(
                  Declined.Kind.WRONG,
                  Wording.of(
                      "这段时间超过 %d 个窗口，请分段重读",
                      "the period has over %d windows; ask for less at once", EXTRA_MAX));
            }
            due = Windows.create(connection, source.key(), spans, true);
          }
          try (PreparedStatement update = connection.prepareStatement(WindowSql.READ_AGAIN)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setTimestamp(2, Timestamp.from(now));
            update.setString(3, source.key());
            update.setTimestamp(4, Timestamp.from(to));
            update.setTimestamp(5, Timestamp.from(from));
            update.setTimestamp(6, Timestamp.from(now));
            due = Math.max(due, update.executeUpdate());
          }
          Audit.write(connection, act);
          return due;
        });
  }

  private static Instant first(java.sql.Connection connection, String source) throws SQLException {
    return one(
        connection.prepareStatement(
            "select min(starts_at) from source_window where source = ? and not extra"),
        source);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
