package io.orderbridge.consistency;

import io.orderbridge.consistency.ComparisonCoverage.Reading;
import io.orderbridge.consistency.ComparisonPair.By;
import io.orderbridge.finding.Findings;
import io.orderbridge.schedule.Source;
import io.orderbridge.schedule.Sources;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Compares in sets, in the caller's transaction; nothing of the orders comes into memory. */
@Singleton
class ComparisonSets {
  private static final List<ComparisonClass> CLASSES = List.of(ComparisonClass.values());
  private static final String MISSING = "state";
  private static final List<String> STEPS =
      List.of(
          ComparisonSql.BEFORE,
          ComparisonSql.PREPARE,
          ComparisonSql.UNEQUAL,
          ComparisonSql.FIGURES,
          ComparisonSql.JUDGE,
          ComparisonSql.KEEP,
          ComparisonSql.KEEP_ON,
          ComparisonSql.AFTERWARDS);

  // What was read before the period began is about no order of it, however wrong the clocks.
  private static final Duration CLOCKS_APART_MAX = Duration.ofDays(1);

  private final Sources sources;

  ComparisonSets(Sources sources) {
    this.sources = sources;
  }

  /**
   * One comparison.
   *
   * @param before the last run that ended well; empty for the first
   * @param runAt partition of its rows
   */
  record Asked(
      ComparisonRun run,
      ComparisonPair pair,
      Optional<ComparisonRun> before,
      Instant runAt,
      Instant now) {}

  /**
   * Compares and keeps the differences as rows of the run.
   *
   * @throws IllegalStateException when an order is lost or doubled on the way
   */
  ComparisonResult compare(Connection connection, Asked asked) throws SQLException {
    List<Map<String, Object>> awaited = awaited(connection, asked);
    Map<String, Object> values = values(connection, asked);
    for (String step : STEPS) {
      try (PreparedStatement statement = ComparisonSql.prepare(connection, step, values)) {
        statement.execute();
      }
    }
    List<ComparisonResult.Line> lines = new ArrayList<>();
    try (PreparedStatement count = ComparisonSql.prepare(connection, ComparisonSql.COUNT, values);
        ResultSet row = count.executeQuery()) {
      while (row.next()) {
        lines.add(
            new ComparisonResult.Line(
                row.getString(1),
                row.getLong(2),
                new ComparisonResult.Sides(row.getLong(3), row.getLong(4)),
                new ComparisonResult.Sides(row.getLong(5), row.getLong(6))));
      }
    }
    return ComparisonResult.of(lines, awaited);
  }

  /** Makes the rows of the run what this check has found now. */
  void find(Connection connection, Asked asked) throws SQLException {
    Findings.gather(connection);
    Map<String, Object> values = new HashMap<>(rows(asked));
    values.put("system", asked.pair().system());
    values.put("zone", asked.pair().zone().getId());
    values.put("iso", ComparisonSql.ISO);
    values.put("pattern", "YYYY-MM-DD HH24:MI:SS");
    values.put("levels", texts(one -> one.level().name()));
    values.put("zh", texts(one -> one.text().zh()));
    values.put("en", texts(one -> one.text().en()));
    try (PreparedStatement find = ComparisonSql.prepare(connection, ComparisonSql.FIND, values)) {
      find.executeUpdate();
    }
  }

  private static List<String> texts(Function<ComparisonClass, String> text) {
    return CLASSES.stream().map(text).toList();
  }

  private static Map<String, Object> rows(Asked asked) {
    return Map.of(
        "run", asked.run().id(),
        "run_at", asked.runAt(),
        "differences", texts(ComparisonClass::name));
  }

  private Map<String, Object> values(Connection connection, Asked asked) throws SQLException {
    ComparisonPair pair = asked.pair();
    ComparisonCoverage all = coverage(connection, asked);
    ComparisonCoverage newest = all.snapshots() ? all.newest() : ComparisonCoverage.NONE;
    Map<String, Object> values = new HashMap<>(rows(asked));
    values.put("system", pair.system());
    values.put("shops", pair.shops());
    values.put("all_shops", pair.shops().isEmpty());
    values.put("from", asked.run().from());
    values.put("to", asked.run().to());
    values.put("seen_from", asked.run().from().minus(CLOCKS_APART_MAX));
    values.put("before", asked.before().map(ComparisonRun::id).orElse(0L));
    values.put("before_at", asked.before().map(ComparisonRun::rowsAt).orElse(Instant.EPOCH));
    values.put("skew_ms", pair.times() ? pair.skew().toMillis() : null);
    values.put("settle_ms", pair.settle().toMillis());
    values.put("settled", asked.now().minus(pair.settle()));
    values.put("complete_to", all.completeTo());
    values.put("covered", all.within(pair.skew(), pair.settle()).periods());
    values.put("newest", newest.within(pair.skew(), pair.settle()).periods());
    values.put(
        "newest_read", newest.readings().stream().map(Reading::readFrom).findFirst().orElse(null));
    values.put("reading_from", times(all, Reading::from));
    values.put("reading_to", times(all, Reading::to));
    values.put("reading_read", times(all, Reading::readFrom));
    values.put("same", same(pair));
    values.put("unknown_there", List.copyOf(pair.unknownThere()));
    values.put("ranks", ComparisonPair.STATUSES);
    return values;
  }

  private static Instant[] times(ComparisonCoverage coverage, Function<Reading, Instant> time) {
    return coverage.readings().stream().map(time).toArray(Instant[]::new);
  }

  private static List<String> same(ComparisonPair pair) {
    List<String> same = new ArrayList<>();
    pair.same().forEach((ours, theirs) -> theirs.forEach(one -> same.add(ours + ">" + one)));
    return same;
  }

  private ComparisonCoverage coverage(Connection connection, Asked asked) throws SQLException {
    ComparisonPair pair = asked.pair();
    if (trouble(pair).isPresent()) {
      return ComparisonCoverage.NONE;
    }
    Map<String, Object> values =
        Map.of("source", pair.source(), "system", pair.system(), "from", asked.run().from());
    List<Reading> readings = new ArrayList<>();
    boolean created = pair.by() == By.CREATED;
    try (PreparedStatement query =
            ComparisonSql.prepare(
                connection, created ? ComparisonSql.READINGS : ComparisonSql.COMPLETE, values);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        if (row.getTimestamp(1) != null && row.getTimestamp(2) != null) {
          Instant to = instant(row, 2);
          readings.add(new Reading(instant(row, 1), to, created ? instant(row, 3) : to));
        }
      }
    }
    Instant completeTo = created || readings.isEmpty() ? null : readings.get(0).to();
    return new ComparisonCoverage(readings, completeTo, created);
  }

  /** Why the readings of a pair tell nothing. */
  private Optional<String> trouble(ComparisonPair pair) {
    Optional<Source> source = sources.find(pair.source());
    if (source.isEmpty()) {
      return Optional.of("NO_SOURCE");
    }
    // Stored once for each content, an item that is again what it was is not seen to come back.
    boolean whole = source.get().pages().order() == Source.Order.WHOLE;
    boolean versions = source.get().item().version() != null;
    return whole || versions ? Optional.empty() : Optional.of("NO_VERSION");
  }

  private List<Map<String, Object>> awaited(Connection connection, Asked asked)
      throws SQLException {
    ComparisonPair pair = asked.pair();
    Optional<String> trouble = trouble(pair);
    if (trouble.isEmpty() && !any(connection, pair)) {
      trouble = Optional.of("NEVER_READ");
    }
    if (trouble.isPresent()) {
      return List.of(Map.of("source", pair.source(), MISSING, trouble.get()));
    }
    Map<String, Object> values =
        Map.of(
            "source", pair.source(),
            "from", asked.run().from(),
            "to", asked.run().to(),
            "now", asked.now(),
            "by_created", pair.by() == By.CREATED);
    List<Map<String, Object>> awaited = new ArrayList<>();
    try (PreparedStatement query =
            ComparisonSql.prepare(connection, ComparisonSql.AWAITED, values);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        awaited.add(window(pair, row));
      }
    }
    return awaited;
  }

  private static boolean any(Connection connection, ComparisonPair pair) throws SQLException {
    try (PreparedStatement query =
            ComparisonSql.prepare(
                connection, ComparisonSql.ANY_WINDOW, Map.of("source", pair.source()));
        ResultSet row = query.executeQuery()) {
      return row.next();
    }
  }

  private static Map<String, Object> window(ComparisonPair pair, ResultSet row)
      throws SQLException {
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("source", pair.source());
    window.put("from", instant(row, 1).toString());
    window.put("to", instant(row, 2).toString());
    window.put(MISSING, word(row));
    window.put("cause", row.getString(6));
    window.put("due", instant(row, 7).toString());
    window.values().removeIf(Objects::isNull);
    return window;
  }

  private static String word(ResultSet row) throws SQLException {
    if (row.getString(3).equals("PROVED")) {
      return "CONFIRMING";
    }
    return row.getBoolean(4) ? "AWAITED" : row.getBoolean(5) ? "LATE" : row.getString(3);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
