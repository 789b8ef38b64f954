package io.orderbridge.consistency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of comparisons and what they found. */
@Singleton
class ComparisonRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
  private static final TypeReference<List<Map<String, Object>>> LIST = new TypeReference<>() {};

  private static final String COLUMNS =
      """
      select id, system, day, period_from, period_to, asked_by, state, step, asked_at, started_at,
             ended_at, rows_at, ours, theirs, counts, awaited, problem from comparison_run\
      """;
  private static final String ASK =
      """
      insert into comparison_run (system, day, period_from, period_to, asked_by, asked_at)
      values (:system, :day, :from, :to, :by, :now)
      on conflict (system, period_from, period_to) where state = 'ASKED'
      do update set asked_by = comparison_run.asked_by
      returning id\
      """;
  private static final String OPEN =
      "select id from comparison_run where state in ('ASKED', 'RUNNING') order by id";
  private static final String BEGIN =
      """
      update comparison_run set state = 'RUNNING', step = :step, started_at = :now
       where id = :run and state in ('ASKED', 'RUNNING')\
      """;
  private static final String STEP =
      "update comparison_run set step = :step where id = :run and state = 'RUNNING'";
  private static final String DONE =
      """
      update comparison_run
         set state = 'DONE', step = '', ended_at = :now, rows_at = :run_at, ours = :ours,
             theirs = :theirs, counts = :counts, awaited = :awaited, problem = null
       where id = :run and state = 'RUNNING'\
      """;
  private static final String FAILED =
      """
      update comparison_run set state = 'FAILED', step = '', ended_at = :now, problem = :problem
       where id = :run and state in ('ASKED', 'RUNNING')\
      """;
  private static final String ROWS =
      """
      select class, shop, number, cause, ours, theirs, raw, ours_at, theirs_at, read_at, awaited
        from comparison_row
       where run_id = :run and at = :run_at and (class, shop, number) > (:class, :shop, :number)
       order by class, shop, number limit :max\
      """;

  private final Database database;

  ComparisonRuns(Database database) {
    this.database = database;
  }

  /**
   * Notes that a comparison is wanted; it is made by whichever process gets to it.
   *
   * @return number of the run; that of the one that waits when it was asked for already
   */
  static long ask(Connection connection, ComparisonPeriod period, String by, Instant now)
      throws SQLException {
    Map<String, Object> values =
        Map.of(
            "system", period.system(),
            "day", period.day(),
            "from", period.from(),
            "to", period.to(),
            "by", by,
            "now", now);
    try (PreparedStatement insert = ComparisonSql.prepare(connection, ASK, values);
        ResultSet row = insert.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Numbers of the runs that are to be made, the oldest first; those of dead processes too. */
  List<Long> open() {
    return database.inTransaction(
        connection -> {
          List<Long> open = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(OPEN);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              open.add(rows.getLong(1));
            }
          }
          return open;
        });
  }

  /** Shows everybody that it is being made, in a transaction of its own. */
  void begin(long run, String step, Instant now) {
    own(BEGIN, Map.of("run", run, "step", step, "now", now));
  }

  /** Shows everybody how far it is, in a transaction of its own. */
  void step(long run, String step) {
    own(STEP, Map.of("run", run, "step", step));
  }

  static void failed(Connection connection, long run, String problem, Instant now)
      throws SQLException {
    update(connection, FAILED, Map.of("run", run, "problem", problem, "now", now));
  }

  /**
   * Ends a run in the transaction that wrote what it found.
   *
   * @throws IllegalStateException when somebody else has ended it
   */
  static void done(
      Connection connection, long run, Instant runAt, ComparisonResult result, Instant now)
      throws SQLException {
    Map<String, Object> values = new HashMap<>();
    values.put("run", run);
    values.put("run_at", runAt);
    values.put("now", now);
    values.put("ours", result.ours());
    values.put("theirs", result.theirs());
    values.put("counts", json(result.counts()));
    values.put("awaited", json(result.awaited()));
    if (update(connection, DONE, values) != 1) {
      throw new IllegalStateException("comparison %d was ended by somebody else".formatted(run));
    }
  }

  private void own(String sql, Map<String, ?> values) {
    database.run(connection -> update(connection, sql, values));
  }

  private static int update(Connection connection, String sql, Map<String, ?> values)
      throws SQLException {
    try (PreparedStatement update = ComparisonSql.prepare(connection, sql, values)) {
      return update.executeUpdate();
    }
  }

  Optional<ComparisonRun> find(long run) {
    return database.inTransaction(connection -> find(connection, run));
  }

  static Optional<ComparisonRun> find(Connection connection, long run) throws SQLException {
    return runs(connection, COLUMNS + " where id = :run", Map.of("run", run)).stream().findFirst();
  }

  /** The last run of a system that ended well. */
  static Optional<ComparisonRun> last(Connection connection, String system) throws SQLException {
    return runs(
            connection,
            COLUMNS + " where system = :system and state = 'DONE' order by id desc limit 1",
            Map.of("system", system))
        .stream()
        .findFirst();
  }

  /** Runs, the newest first. */
  List<ComparisonRun> list(String system, long before, int max) {
    return database.inTransaction(
        connection ->
            runs(
                connection,
                COLUMNS
                    + " where (:system = '' or system = :system) and id < :before"
                    + " order by id desc limit :max",
                Map.of("system", system, "before", before, "max", max)));
  }

  private static List<ComparisonRun> runs(Connection connection, String sql, Map<String, ?> values)
      throws SQLException {
    List<ComparisonRun> runs = new ArrayList<>();
    try (PreparedStatement query = ComparisonSql.prepare(connection, sql, values);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        runs.add(run(row));
      }
    }
    return runs;
  }

  private static ComparisonRun run(ResultSet row) throws SQLException {
    return new ComparisonRun(
        row.getLong(1),
        row.getString(2),
        row.getObject(3, LocalDate.class),
        instant(row, 4),
        instant(row, 5),
        row.getString(6),
        ComparisonRun.State.valueOf(row.getString(7)),
        row.getString(8),
        instant(row, 9),
        instant(row, 10),
        instant(row, 11),
        instant(row, 12),
        row.getObject(13, Long.class),
        row.getObject(14, Long.class),
        read(row.getString(15), COUNTS),
        read(row.getString(16), LIST),
        row.getString(17));
  }

  /** The differences of a run in the order of class, shop and number. */
  List<ComparisonRun.Row> rows(ComparisonRun run, ComparisonRun.After after, int max) {
    if (run.rowsAt() == null) {
      return List.of();
    }
    Map<String, Object> values =
        Map.of(
            "run", run.id(),
            "run_at", run.rowsAt(),
            "class", after.kind(),
            "shop", after.shop(),
            "number", after.number(),
            "max", max);
    return database.inTransaction(
        connection -> {
          List<ComparisonRun.Row> found = new ArrayList<>();
          try (PreparedStatement query = ComparisonSql.prepare(connection, ROWS, values);
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              found.add(
                  new ComparisonRun.Row(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6),
                      row.getString(7),
                      instant(row, 8),
                      instant(row, 9),
                      instant(row, 10),
                      row.getBoolean(11)));
            }
          }
          return found;
        });
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("what a comparison counted is not writable as JSON", e);
    }
  }

  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what a comparison counted is not readable", e);
    }
  }
}
