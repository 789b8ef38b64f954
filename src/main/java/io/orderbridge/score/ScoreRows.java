package io.orderbridge.score;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scores that were told. */
final class ScoreRows {
  private static final int LOCK = 28_572;
  private static final String TELL =
      """
      insert into health_score (month, version, score, confidence, verdict, rules, body, made_at)
      select ?, coalesce(l.version, 0) + 1, ?, ?, ?, ?, ?, ?
        from (select 1) one
        left join lateral (select * from health_score where month = ?
                            order by version desc limit 1) l on true
       where l.version is null
          or (l.score, l.confidence, l.verdict, l.rules, l.body)
             is distinct from (?::numeric, ?::numeric, ?, ?, ?)\
      """;
  private static final String VERSIONS =
      """
      select version, score, confidence, verdict, rules, body, made_at
        from health_score where month = ? order by version\
      """;

  private static final String MONTHS =
      """
      select distinct on (month) month, version, score, confidence, verdict, rules, made_at
        from health_score order by month desc, version desc limit ?\
      """;

  private ScoreRows() {}

  /**
   * A score as it was told.
   *
   * @param body JSON object: formula, parts, worst offenders
   */
  record Told(
      int version,
      BigDecimal score,
      BigDecimal confidence,
      Verdict verdict,
      int rules,
      String body,
      Instant madeAt) {}

  /** Writes a version when it differs from the newest one; whether it did. */
  static boolean tell(Connection connection, YearMonth month, Told told) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))");
        PreparedStatement insert = connection.prepareStatement(TELL)) {
      lock.setInt(1, LOCK);
      lock.setString(2, month.toString());
      lock.execute();
      insert.setObject(1, month.atDay(1));
      told(insert, 2, told);
      insert.setTimestamp(7, Timestamp.from(told.madeAt()));
      insert.setObject(8, month.atDay(1));
      told(insert, 9, told);
      return insert.executeUpdate() == 1;
    }
  }

  private static void told(PreparedStatement insert, int first, Told told) throws SQLException {
    insert.setBigDecimal(first, told.score());
    insert.setBigDecimal(first + 1, told.confidence());
    insert.setString(first + 2, told.verdict().name());
    insert.setInt(first + 3, told.rules());
    insert.setString(first + 4, told.body());
  }

  /** All that was told of a month, the oldest first. */
  static List<Told> versions(Connection connection, YearMonth month) throws SQLException {
    List<Told> versions = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(VERSIONS)) {
      query.setObject(1, month.atDay(1));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          versions.add(
              new Told(
                  row.getInt(1),
                  row.getBigDecimal(2),
                  row.getBigDecimal(3),
                  Verdict.valueOf(row.getString(4)),
                  row.getInt(5),
                  row.getString(6),
                  row.getTimestamp(7).toInstant()));
        }
      }
    }
    return versions;
  }

  /** The newest versions of the months that were told last, the newest month first; no bodies. */
  static Map<YearMonth, Told> months(Connection connection, int most) throws SQLException {
    Map<YearMonth, Told> months = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(MONTHS)) {
      query.setInt(1, most);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          months.put(
              YearMonth.from(row.getObject(1, LocalDate.class)),
              new Told(
                  row.getInt(2),
                  row.getBigDecimal(3),
                  row.getBigDecimal(4),
                  Verdict.valueOf(row.getString(5)),
                  row.getInt(6),
                  "",
                  row.getTimestamp(7).toInstant()));
        }
      }
    }
    return months;
  }
}
