package io.orderbridge.reconciliation;

import io.orderbridge.books.Progress;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs that are under way or failed, as they can be seen from outside. The row of a run goes with
 * the commit that brings it, so a process that dies leaves one that no longer moves.
 */
@Singleton
class Attempts {
  // A run of a million tells some forty times.
  private static final long TELL_EVERY = 50_000;
  private static final String BEGIN =
      """
      insert into book_run_attempt (reconciliation, period_from, run, started_at, told_at, phase,
                                    done, total)
      values (?, ?, ?, clock_timestamp(), clock_timestamp(), 'begun', 0, 0)
      on conflict (reconciliation, period_from) do update
         set run = excluded.run, started_at = excluded.started_at, told_at = excluded.told_at,
             phase = excluded.phase, done = 0, total = 0, problem = null\
      """;
  private static final String AT =
      """
      update book_run_attempt set phase = ?, done = ?, total = ?, told_at = clock_timestamp()
       where run = ?\
      """;
  private static final String FAILED =
      "update book_run_attempt set problem = ?, told_at = clock_timestamp() where run = ?";
  private static final String DONE =
      "delete from book_run_attempt where reconciliation = ? and period_from = ?";
  private static final String SELECT =
      """
      select reconciliation, period_from, run, started_at, told_at, phase, done, total, problem,
             extract(epoch from told_at - started_at)::numeric::text
        from book_run_attempt where %s order by period_from\
      """;
  private static final String FAILED_LATELY =
      """
      select period_from from book_run_attempt
       where reconciliation = ? and problem is not null
         and told_at > clock_timestamp() - interval '10 minutes'\
      """;

  private final Database database;

  Attempts(Database database) {
    this.database = database;
  }

  /**
   * @param seconds how long it took until it was told, as decimal text
   * @param problem null while it runs
   */
  record Attempt(
      String reconciliation,
      LocalDate from,
      long run,
      Instant startedAt,
      Instant toldAt,
      String phase,
      long done,
      long total,
      String problem,
      String seconds) {}

  void begin(Run.Of of, long run) {
    database.run(
        connection -> {
          try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            begin.setString(1, of.reconciliation());
            begin.setObject(2, of.from());
            begin.setLong(3, run);
            begin.executeUpdate();
          }
        });
  }

  /** What a run tells goes into its row, now and then. For one thread. */
  Progress progress(long run) {
    return new Progress() {
      private String last = "";
      private long told;

      @Override
      public void at(String phase, long done, long total) {
        if (!phase.equals(last) || done - told >= TELL_EVERY) {
          last = phase;
          told = done;
          tell(run, phase, done, total);
        }
      }
    };
  }

  private void tell(long run, String phase, long done, long total) {
    database.run(
        connection -> {
          try (PreparedStatement at = connection.prepareStatement(AT)) {
            at.setString(1, phase);
            at.setLong(2, done);
            at.setLong(3, total);
            at.setLong(4, run);
            at.executeUpdate();
          }
        });
  }

  void failed(long run, String problem) {
    database.run(
        connection -> {
          try (PreparedStatement failed = connection.prepareStatement(FAILED)) {
            failed.setString(1, problem);
            failed.setLong(2, run);
            failed.executeUpdate();
          }
        });
  }

  /** In the transaction that brings the run. */
  static void done(Connection connection, Run.Of of) throws SQLException {
    try (PreparedStatement done = connection.prepareStatement(DONE)) {
      done.setString(1, of.reconciliation());
      done.setObject(2, of.from());
      done.executeUpdate();
    }
  }

  Optional<Attempt> find(long run) {
    return read("run = ?", run).stream().findFirst();
  }

  /** Of a reconciliation, by period. */
  List<Attempt> of(String reconciliation) {
    return read("reconciliation = ?", reconciliation);
  }

  private List<Attempt> read(String where, Object value) {
    return database.inTransaction(
        connection -> {
          List<Attempt> attempts = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(SELECT.formatted(where))) {
            query.setObject(1, value);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                attempts.add(attempt(row));
              }
            }
          }
          return attempts;
        });
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getString(1),
        row.getObject(2, LocalDate.class),
        row.getLong(3),
        row.getTimestamp(4).toInstant(),
        row.getTimestamp(5).toInstant(),
        row.getString(6),
        row.getLong(7),
        row.getLong(8),
        row.getString(9),
        row.getString(10));
  }

  /** Periods whose run failed a moment ago: what does not add up does not by itself soon. */
  Set<LocalDate> failedLately(String reconciliation) {
    return database.inTransaction(
        connection -> {
          Set<LocalDate> failed = new HashSet<>();
          try (PreparedStatement query = connection.prepareStatement(FAILED_LATELY)) {
            query.setString(1, reconciliation);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                failed.add(row.getObject(1, LocalDate.class));
              }
            }
          }
          return failed;
        });
  }
}
