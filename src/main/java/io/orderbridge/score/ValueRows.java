package io.orderbridge.score;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What was told of the metrics. */
final class ValueRows {
  private static final int LOCK = 28_571;
  private static final String COLUMNS =
      """
      period, version, numerator, denominator, unit, verdict, limits, rules, final, causes, made_at\
      """;
  // Causes and examples alone tell nothing anew: what waits gets later every day.
  private static final String TELL =
      """
      insert into health_value (metric, %s)
      select ?, ?, coalesce(l.version, 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?
        from (select 1) one
        left join lateral (select * from health_value where metric = ? and period = ?
                            order by version desc limit 1) l on true
       where l.version is null
          or (l.numerator, l.denominator, l.unit, l.verdict, l.limits, l.final)
             is distinct from (?, ?, ?, ?, ?, ?)\
      """
          .formatted(COLUMNS);
  private static final String NEWEST =
      """
      select distinct on (period) %s from health_value
       where metric = ? and period >= ? and period < ? order by period, version desc\
      """
          .formatted(COLUMNS);
  private static final String VERSIONS =
      "select %s from health_value where metric = ? and period = ? order by version"
          .formatted(COLUMNS);

  private ValueRows() {}

  /** Writes a version when it differs from the newest one; whether it did. */
  static boolean tell(Connection connection, Value value) throws SQLException {
    lock(connection, value.metric());
    Measure measure = value.measure();
    try (PreparedStatement insert = connection.prepareStatement(TELL)) {
      insert.setString(1, value.metric().word());
      insert.setObject(2, value.period().from());
      judged(insert, 3, value);
      insert.setInt(8, value.rules());
      insert.setBoolean(9, value.isFinal());
      insert.setString(10, Causes.text(measure));
      insert.setTimestamp(11, Timestamp.from(value.madeAt()));
      insert.setString(12, value.metric().word());
      insert.setObject(13, value.period().from());
      judged(insert, 14, value);
      insert.setBoolean(19, value.isFinal());
      return insert.executeUpdate() == 1;
    }
  }

  private static void judged(PreparedStatement insert, int first, Value value) throws SQLException {
    insert.setBigDecimal(first, value.measure().numerator());
    insert.setBigDecimal(first + 1, value.measure().denominator());
    insert.setString(first + 2, value.measure().unit());
    insert.setString(first + 3, value.verdict().name());
    insert.setBigDecimal(first + 4, value.limit());
  }

  // Two that tell the same period at once must not both make its next version.
  private static void lock(Connection connection, Metric metric) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, metric.word());
      lock.execute();
    }
  }

  /** The newest version of each period that begins in [from, to), the oldest first. */
  static List<Value> newest(Connection connection, Metric metric, LocalDate from, LocalDate to)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setString(1, metric.word());
      query.setObject(2, from);
      query.setObject(3, to);
      return read(query, metric);
    }
  }

  /** All that was told of a period, the oldest first. */
  static List<Value> versions(Connection connection, Metric metric, Period period)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(VERSIONS)) {
      query.setString(1, metric.word());
      query.setObject(2, period.from());
      return read(query, metric);
    }
  }

  private static List<Value> read(PreparedStatement query, Metric metric) throws SQLException {
    List<Value> values = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        BigDecimal numerator = row.getBigDecimal(3);
        BigDecimal denominator = row.getBigDecimal(4);
        Instant madeAt = row.getTimestamp(11).toInstant();
        values.add(
            new Value(
                metric,
                new Period(metric.every(), row.getObject(1, LocalDate.class)),
                row.getInt(2),
                Causes.measure(numerator, denominator, row.getString(5), row.getString(10)),
                Verdict.valueOf(row.getString(6)),
                row.getBigDecimal(7),
                row.getInt(8),
                row.getBoolean(9),
                madeAt));
      }
    }
    return values;
  }
}
