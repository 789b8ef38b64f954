package io.orderbridge.payment;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.payment.Comparison.Compared;
import io.orderbridge.payment.Run.Stage;
import io.orderbridge.payment.Run.State;
import io.orderbridge.store.Database;
import io.orderbridge.store.RunningInstance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The rows of runs. A run is claimed by its row, one at a time for each connection over all
 * processes; one whose process died is broken, and the next may begin.
 */
@Singleton
class Runs {
  // A comparison of a million takes seconds, and each batch of repairs renews it.
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final long MILLIS = 1000L;

  private final Database database;
  private final RunningInstance instance;

  Runs(Database database, RunningInstance instance) {
    this.database = database;
    this.instance = instance;
  }

  /** The run is in other hands: nothing more of it is written. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(long run) {
      super("run %d of the verification of payments is in other hands".formatted(run));
    }
  }

  /** Claims a run; empty while another of this connection is under way anywhere. */
  Optional<Long> begin(
      PaymentSource source, LocalDate day, Stage stage, String askedBy, Instant now) {
    return database.inTransaction(
        connection -> {
          lock(connection, source.connection());
          bury(connection, source.connection(), now);
          return running(connection, source.connection())
              ? Optional.empty()
              : Optional.of(insert(connection, source, day, stage, askedBy, now));
        });
  }

  private static void lock(Connection connection, String name) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(RunSql.LOCK)) {
      lock.setString(1, name);
      lock.execute();
    }
  }

  private static void bury(Connection connection, String name, Instant now) throws SQLException {
    try (PreparedStatement bury = connection.prepareStatement(RunSql.BURY)) {
      bury.setTimestamp(1, Timestamp.from(now));
      bury.setString(2, name);
      bury.executeUpdate();
    }
  }

  private static boolean running(Connection connection, String name) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RunSql.RUNNING)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private long insert(
      Connection connection,
      PaymentSource source,
      LocalDate day,
      Stage stage,
      String askedBy,
      Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(RunSql.BEGIN)) {
      insert.setString(1, source.connection());
      insert.setObject(2, day);
      insert.setString(3, stage.name());
      insert.setString(4, source.connection());
      insert.setObject(5, day);
      insert.setLong(6, instance.id());
      insert.setDouble(7, seconds(LEASE));
      insert.setTimestamp(8, Timestamp.from(now));
      insert.setString(9, source.connection());
      insert.setObject(10, day);
      insert.setString(11, askedBy);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Renews the claim in the caller's transaction.
   *
   * @throws Lost when it is in other hands
   */
  static void extend(Connection connection, long run) throws SQLException {
    try (PreparedStatement extend = connection.prepareStatement(RunSql.EXTEND)) {
      extend.setDouble(1, seconds(LEASE));
      extend.setLong(2, run);
      if (extend.executeUpdate() != 1) {
        throw new Lost(run);
      }
    }
  }

  /** Ends a run in the caller's transaction. */
  static void done(Connection connection, long run, Compared compared, Instant now)
      throws SQLException {
    end(connection, run, State.DONE, compared, null, now);
  }

  void failed(Connection connection, long run, String problem, Instant now) throws SQLException {
    end(connection, run, State.FAILED, new Compared(new Totals(List.of()), 0), problem, now);
  }

  private static void end(
      Connection connection, long run, State state, Compared compared, String problem, Instant now)
      throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(RunSql.END)) {
      end.setString(1, state.name());
      end.setTimestamp(2, Timestamp.from(now));
      end.setString(3, compared.totals().json());
      end.setLong(4, compared.awaited());
      end.setString(5, problem);
      end.setLong(6, run);
      if (end.executeUpdate() != 1) {
        throw new Lost(run);
      }
    }
  }

  /** Notes in the caller's transaction that the order book has been given these rows. */
  static void mark(Connection connection, long run, Collection<Long> rows) throws SQLException {
    try (PreparedStatement mark = connection.prepareStatement(RunSql.MARK)) {
      mark.setLong(1, run);
      mark.setArray(2, array(connection, "bigint", rows, id -> id));
      mark.executeUpdate();
    }
  }

  /** Notes in the caller's transaction that the order book refused a row. */
  static void refused(Connection connection, long run, long row, String why) throws SQLException {
    try (PreparedStatement refused = connection.prepareStatement(RunSql.REFUSED)) {
      refused.setString(1, why);
      refused.setLong(2, run);
      refused.setLong(3, row);
      refused.executeUpdate();
    }
  }

  /** Whether the windows of the source are proved over the whole day. */
  boolean proved(PaymentSource source, LocalDate day) {
    Timestamp from = Timestamp.from(source.start(day));
    Timestamp to = Timestamp.from(source.start(day.plusDays(1)));
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(RunSql.PROVED)) {
            query.setTimestamp(1, from);
            query.setTimestamp(2, to);
            query.setString(3, source.source());
            query.setTimestamp(4, to);
            query.setTimestamp(5, from);
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return row.getBoolean(1);
            }
          }
        });
  }

  /**
   * A day as the runs know it.
   *
   * @param unfinished it was never judged for good
   * @param broken its last run broke off, failed some time ago, or has to look at fresh items again
   * @param changed its records are not those that the last run saw
   * @param touched an order or a record of what is open has moved
   */
  record Day(LocalDate day, boolean unfinished, boolean broken, boolean changed, boolean touched) {}

  /**
   * The days of a period.
   *
   * @param failedBefore a failed run that began later is not made again yet
   * @param margin between a look and what it may have missed
   */
  List<Day> days(
      PaymentSource source, LocalDate from, LocalDate to, Instant failedBefore, Duration margin) {
    List<String> open = new ArrayList<>(List.of(Verdict.AWAITED.name()));
    for (Verdict verdict : Verdict.values()) {
      if (verdict.differs()) {
        open.add(verdict.name());
      }
    }
    return database.inTransaction(
        connection -> {
          List<Day> days = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(RunSql.DUE)) {
            query.setObject(1, from);
            query.setObject(2, to);
            query.setString(3, source.connection());
            query.setObject(4, from);
            query.setObject(5, to);
            query.setTimestamp(6, Timestamp.from(failedBefore));
            query.setTimestamp(7, Timestamp.from(failedBefore));
            query.setString(8, source.connection());
            query.setDouble(9, seconds(margin));
            for (int place = 10; place < 16; place += 2) {
              query.setArray(place, array(connection, "text", open, verdict -> verdict));
              query.setDouble(place + 1, seconds(margin));
            }
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                days.add(
                    new Day(
                        rows.getObject(1, LocalDate.class),
                        rows.getBoolean(2),
                        rows.getBoolean(3),
                        rows.getBoolean(4),
                        rows.getBoolean(5)));
              }
            }
          }
          return days;
        });
  }

  private static double seconds(Duration duration) {
    return (double) duration.toMillis() / MILLIS;
  }
}
