package io.orderbridge.notice;

import io.orderbridge.notice.CallBack.Outcome;
import io.orderbridge.store.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of exports, samples and call-backs; everything joins the caller's transaction. */
final class AuditRows {
  private static final int SHOWN_MAX = 100;

  private static final String EXPORTED =
      """
      insert into notice_export (month, zone, format, sha256, bytes, rows, made_by, made_at)
      values (?, ?, ?, ?, ?, ?, ?, ?) returning id\
      """;
  private static final String EXPORTS =
      """
      select id, format, sha256, bytes, rows, made_by, made_at, zone
        from notice_export where month = ? order by id desc limit ?\
      """;
  private static final String SAMPLE_COLUMNS =
      "id, month, zone, seed, size, population, made_by, made_at";
  private static final String SAMPLED =
      """
      insert into notice_sample (month, zone, seed, size, population, made_by, made_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict on constraint notice_sample_once do nothing returning id\
      """;
  private static final String DRAWN =
      """
      insert into notice_callback (sample_id, place, notice_id, shop, number, channel, sent_at,
                                   phone_masked)
      select ?, place, id, shop, number, channel, sent_at, phone
        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
             with ordinality as n (id, shop, number, channel, sent_at, phone, place)\
      """;
  private static final String SAMPLES =
      "select " + SAMPLE_COLUMNS + " from notice_sample where month = ? order by id desc limit ?";
  private static final String SAMPLE =
      "select " + SAMPLE_COLUMNS + " from notice_sample where month = ? and id = ?";
  private static final String SAME =
      "select id from notice_sample where month = ? and seed = ? and size = ?";
  private static final String CALLS =
      """
      select place, notice_id, shop, number, channel, sent_at, phone_masked, outcome, note,
             called_by, called_at
        from notice_callback where sample_id = ? order by place\
      """;
  private static final String CALLED =
      """
      update notice_callback set outcome = ?, note = ?, called_by = ?, called_at = ?
       where sample_id = ? and notice_id = ?\
      """;

  private AuditRows() {}

  /** What a file was. */
  record Export(
      YearMonth month,
      ZoneId zone,
      String format,
      String sha256,
      long bytes,
      long rows,
      String by,
      Instant at) {}

  /** A call that was made. */
  record Called(long notice, Outcome outcome, String note, String by, Instant at) {}

  static long exported(Connection connection, Export export) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(EXPORTED)) {
      insert.setString(1, export.month().toString());
      insert.setString(2, export.zone().getId());
      insert.setString(3, export.format());
      insert.setString(4, export.sha256());
      insert.setLong(5, export.bytes());
      insert.setLong(6, export.rows());
      insert.setString(7, export.by());
      insert.setTimestamp(8, Timestamp.from(export.at()));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The files of a month that were taken, the newest first, at most 100. */
  static List<Map<String, Object>> exports(Connection connection, YearMonth month)
      throws SQLException {
    List<Map<String, Object>> exports = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(EXPORTS)) {
      query.setString(1, month.toString());
      query.setInt(2, SHOWN_MAX);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Map<String, Object> export = new LinkedHashMap<>();
          export.put("id", rows.getLong(1));
          export.put("format", rows.getString(2));
          export.put("sha256", rows.getString(3));
          export.put("bytes", rows.getLong(4));
          export.put("rows", rows.getLong(5));
          export.put("madeBy", rows.getString(6));
          export.put("madeAt", rows.getTimestamp(7).toInstant().toString());
          export.put("zone", rows.getString(8));
          exports.add(export);
        }
      }
    }
    return exports;
  }

  /** Keeps a sample and whom it drew; empty when the same one is there already. */
  static Optional<Long> sampled(Connection connection, Sample sample, List<NoticeRow> drawn)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SAMPLED)) {
      insert.setString(1, sample.month());
      insert.setString(2, sample.zone());
      insert.setString(3, sample.seed());
      insert.setInt(4, sample.size());
      insert.setLong(5, sample.population());
      insert.setString(6, sample.madeBy());
      insert.setTimestamp(7, Timestamp.from(sample.madeAt()));
      try (ResultSet row = insert.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        drawn(connection, row.getLong(1), drawn);
        return Optional.of(row.getLong(1));
      }
    }
  }

  private static void drawn(Connection connection, long sample, List<NoticeRow> drawn)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(DRAWN)) {
      insert.setLong(1, sample);
      insert.setArray(2, Columns.array(connection, "bigint", drawn, NoticeRow::id));
      insert.setArray(3, Columns.array(connection, "text", drawn, NoticeRow::shop));
      insert.setArray(4, Columns.array(connection, "text", drawn, NoticeRow::number));
      insert.setArray(5, Columns.array(connection, "text", drawn, NoticeRow::channel));
      insert.setArray(
          6, Columns.array(connection, "timestamptz", drawn, row -> row.sentAt().toString()));
      insert.setArray(7, Columns.array(connection, "text", drawn, NoticeRow::phoneMasked));
      insert.executeUpdate();
    }
  }

  static Optional<Long> same(Connection connection, YearMonth month, String seed, int size)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SAME)) {
      query.setString(1, month.toString());
      query.setString(2, seed);
      query.setInt(3, size);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  static List<Sample> samples(Connection connection, YearMonth month) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SAMPLES)) {
      query.setString(1, month.toString());
      query.setInt(2, SHOWN_MAX);
      return samples(query);
    }
  }

  static Optional<Sample> sample(Connection connection, YearMonth month, long id)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SAMPLE)) {
      query.setString(1, month.toString());
      query.setLong(2, id);
      return samples(query).stream().findFirst();
    }
  }

  private static List<Sample> samples(PreparedStatement query) throws SQLException {
    List<Sample> samples = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        samples.add(
            new Sample(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getInt(5),
                rows.getLong(6),
                rows.getString(7),
                rows.getTimestamp(8).toInstant()));
      }
    }
    return samples;
  }

  /** Whom a sample drew, in the order in which they are called. */
  static List<CallBack> calls(Connection connection, long sample) throws SQLException {
    List<CallBack> calls = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(CALLS)) {
      query.setLong(1, sample);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String outcome = rows.getString(8);
          Timestamp calledAt = rows.getTimestamp(11);
          calls.add(
              new CallBack(
                  rows.getInt(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getTimestamp(6).toInstant(),
                  rows.getString(7),
                  outcome == null ? null : Outcome.valueOf(outcome),
                  rows.getString(9),
                  rows.getString(10),
                  calledAt == null ? null : calledAt.toInstant()));
        }
      }
    }
    return calls;
  }

  /** Whether the notice is one of the sample. */
  static boolean called(Connection connection, long sample, Called call) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CALLED)) {
      update.setString(1, call.outcome().name());
      update.setString(2, call.note());
      update.setString(3, call.by());
      update.setTimestamp(4, Timestamp.from(call.at()));
      update.setLong(5, sample);
      update.setLong(6, call.notice());
      return update.executeUpdate() == 1;
    }
  }
}
