package io.orderbridge.schedule;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.schedule.Calendar.Span;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of windows. A window is claimed, read or proved outside of any transaction, and settled;
 * whoever lost the claim meanwhile settles nothing.
 */
@Singleton
class Windows {
  /** Longer than a route needs for one page, token and pauses included. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final int LOCK = 28516;

  private final Database database;

  Windows(Database database) {
    this.database = database;
  }

  /** The claim was taken over, or a person asked for another reading: nothing more is written. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(Window window) {
      super(
          "the window from %s of %s is in other hands"
              .formatted(window.startsAt(), window.source()));
    }
  }

  /**
   * How a reading ended.
   *
   * @param told how many the source said there are; null when it does not say
   * @param stored distinct ids
   * @param restarts how often the source moved meanwhile
   */
  record Done(Long told, long stored, int restarts, boolean empty) {}

  /** The end of the last window of the row, or null. */
  Instant lastEnd(String source) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(WindowSql.LAST_END)) {
            query.setString(1, source);
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? row.getTimestamp(1).toInstant() : null;
            }
          }
        });
  }

  /** Days that windows which were proved since then are of, whatever their age. */
  List<LocalDate> daysProved(String source, ZoneId zone, Instant since) {
    return database.inTransaction(
        connection -> {
          List<LocalDate> days = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(WindowSql.DAYS_PROVED)) {
            query.setString(1, zone.getId());
            query.setString(2, source);
            query.setTimestamp(3, Timestamp.from(since));
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                days.add(row.getObject(1, LocalDate.class));
              }
            }
          }
          return days;
        });
  }

  /** Adds windows; those that are there already stay as they are. */
  void create(String source, List<Span> spans) {
    database.run(connection -> create(connection, source, spans, false));
  }

  static int create(Connection connection, String source, List<Span> spans, boolean extra)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(WindowSql.CREATE)) {
      insert.setString(1, source);
      insert.setBoolean(2, extra);
      insert.setArray(3, array(connection, "timestamptz", spans, s -> s.start().toString()));
      insert.setArray(4, array(connection, "timestamptz", spans, s -> s.end().toString()));
      insert.setArray(5, array(connection, "date", spans, s -> text(s.day())));
      insert.setArray(6, array(connection, "timestamptz", spans, s -> s.due().toString()));
      return insert.executeUpdate();
    }
  }

  private static String text(LocalDate day) {
    return day == null ? null : day.toString();
  }

  /** Claims the window that waits longest, unless one of this source is in work anywhere. */
  Optional<Window> claim(String source, Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement lock =
                  connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))");
              PreparedStatement claim = connection.prepareStatement(WindowSql.CLAIM)) {
            lock.setInt(1, LOCK);
            lock.setString(2, source);
            lock.execute();
            claim.setDouble(1, LEASE.toMillis() / 1000.0);
            claim.setString(2, source);
            claim.setTimestamp(3, Timestamp.from(now));
            claim.setTimestamp(4, Timestamp.from(now));
            try (ResultSet row = claim.executeQuery()) {
              return row.next() ? Optional.of(window(source, row)) : Optional.empty();
            }
          }
        });
  }

  private static Window window(String source, ResultSet row) throws SQLException {
    return new Window(
        source,
        row.getTimestamp(1).toInstant(),
        row.getTimestamp(2).toInstant(),
        row.getObject(3, LocalDate.class),
        row.getLong(4),
        row.getString(5).equals("READ"),
        row.getInt(6),
        row.getInt(7),
        row.getInt(8),
        row.getTimestamp(9) == null ? null : row.getTimestamp(9).toInstant(),
        row.getLong(10),
        row.getString(11));
  }

  /**
   * Renews the claim in the caller's transaction.
   *
   * @throws Lost when it is in other hands; the transaction is rolled back
   */
  static void fence(Connection connection, Window window) throws SQLException {
    try (PreparedStatement fence = connection.prepareStatement(WindowSql.FENCE)) {
      fence.setDouble(1, LEASE.toMillis() / 1000.0);
      fence.setInt(2, window.pass());
      claimed(fence, 3, window);
    }
  }

  /** {@link #fence(Connection, Window)} in a transaction of its own. */
  void renew(Window window) {
    database.run(connection -> fence(connection, window));
  }

  /** All pages are stored. What brought nothing needs no proof. */
  void read(Window window, Done done, Instant now) {
    boolean proved = done.stored() == 0;
    settle(
        WindowSql.READ,
        window,
        update -> {
          update.setBoolean(1, proved);
          update.setObject(2, done.told());
          update.setLong(3, done.stored());
          update.setInt(4, done.restarts());
          update.setBoolean(5, done.empty());
          update.setTimestamp(6, Timestamp.from(now));
          update.setBoolean(7, proved);
          update.setTimestamp(8, Timestamp.from(now));
          update.setTimestamp(9, Timestamp.from(now));
          return 10;
        });
  }

  /** It could not be read or proved now. */
  void later(Window window, Instant next, String cause, String problem) {
    settle(
        WindowSql.LATER,
        window,
        update -> {
          update.setTimestamp(1, Timestamp.from(next));
          update.setString(2, cause);
          update.setString(3, problem);
          return 4;
        });
  }

  /** What was read of it is gone: it has to be read once more. */
  void unread(Window window, Instant now) {
    settle(
        WindowSql.UNREAD,
        window,
        update -> {
          update.setTimestamp(1, Timestamp.from(now));
          return 2;
        });
  }

  /** Gives the claim up as if it had not been made. */
  void giveBack(Window window) {
    settle(WindowSql.GIVE_BACK, window, update -> 1);
  }

  /** A queue was emptied; it is due again later. */
  void polled(Window window, long stored, Instant now, Instant next) {
    settle(
        WindowSql.POLLED,
        window,
        update -> {
          update.setTimestamp(1, Timestamp.from(now));
          update.setTimestamp(2, Timestamp.from(now));
          update.setTimestamp(3, Timestamp.from(next));
          update.setTimestamp(4, Timestamp.from(next));
          update.setLong(5, stored);
          update.setBoolean(6, stored == 0);
          return 7;
        });
  }

  /**
   * How far the proof has come.
   *
   * @param problem why it is not complete, or null
   */
  record Checked(
      boolean proved, long checkedTo, long recovered, long dead, Instant next, String problem) {}

  void checked(Window window, Checked checked, Instant now) {
    settle(
        WindowSql.CHECKED,
        window,
        update -> {
          update.setBoolean(1, checked.proved());
          update.setBoolean(2, checked.proved());
          update.setTimestamp(3, Timestamp.from(now));
          update.setLong(4, checked.checkedTo());
          update.setLong(5, checked.recovered());
          update.setLong(6, checked.dead());
          update.setTimestamp(7, Timestamp.from(checked.next()));
          update.setString(8, checked.problem());
          update.setBoolean(9, checked.proved());
          return 10;
        });
  }

  /** Marks windows that were due before and are not proved; those that it marked first. */
  List<Instant> tellLate(String source, Instant dueBefore) {
    return database.inTransaction(
        connection -> {
          List<Instant> late = new ArrayList<>();
          try (PreparedStatement update = connection.prepareStatement(WindowSql.LATE)) {
            update.setString(1, source);
            update.setTimestamp(2, Timestamp.from(dueBefore));
            try (ResultSet rows = update.executeQuery()) {
              while (rows.next()) {
                late.add(rows.getTimestamp(1).toInstant());
              }
            }
          }
          return late;
        });
  }

  /** Sets parameters and answers the number of the first that names the claim. */
  private interface Parameters {
    int set(PreparedStatement update) throws SQLException;
  }

  private void settle(String sql, Window window, Parameters parameters) {
    database.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            claimed(update, parameters.set(update), window);
          }
        });
  }

  private static void claimed(PreparedStatement update, int first, Window window)
      throws SQLException {
    update.setString(first, window.source());
    update.setTimestamp(first + 1, Timestamp.from(window.startsAt()));
    update.setLong(first + 2, window.token());
    if (update.executeUpdate() != 1) {
      throw new Lost(window);
    }
  }
}
