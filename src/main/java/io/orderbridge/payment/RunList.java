package io.orderbridge.payment;

import io.orderbridge.payment.Run.Stage;
import io.orderbridge.payment.Run.State;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads runs and what they found, for people and for systems that ask. */
@Singleton
public class RunList {
  private final Database database;

  public RunList(Database database) {
    this.database = database;
  }

  /**
   * Something that a run did not find plainly the same.
   *
   * @param kind PAYMENT, REFUND, or ORDER for an order that waits
   * @param message number of the stored message that is the evidence; null when there is none
   * @param outcome RECORDED, PROPOSED, or empty
   * @param evidence JSON object
   */
  public record Row(
      long id,
      Verdict verdict,
      String kind,
      String transaction,
      String refund,
      String shop,
      String number,
      String amount,
      String currency,
      Instant at,
      Long message,
      String outcome,
      String evidence) {}

  /**
   * Runs, the newest first.
   *
   * @param connection null for all
   * @param day null for all
   * @param before only runs with a lower number; null from the newest
   */
  public List<Run> list(String connection, LocalDate day, Long before, int max) {
    return database.inTransaction(
        c -> {
          try (PreparedStatement query = c.prepareStatement(RunSql.LIST)) {
            query.setString(1, connection);
            query.setString(2, connection);
            query.setObject(3, day, Types.DATE);
            query.setObject(4, day, Types.DATE);
            query.setObject(5, before, Types.BIGINT);
            query.setObject(6, before, Types.BIGINT);
            query.setInt(7, max);
            return runs(query);
          }
        });
  }

  public Optional<Run> find(long id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(RunSql.FIND)) {
            query.setLong(1, id);
            return runs(query).stream().findFirst();
          }
        });
  }

  private static List<Run> runs(PreparedStatement query) throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        Timestamp ended = rows.getTimestamp(8);
        runs.add(
            new Run(
                rows.getLong(1),
                rows.getString(2),
                rows.getObject(3, LocalDate.class),
                Stage.valueOf(rows.getString(4)),
                rows.getInt(5),
                State.valueOf(rows.getString(6)),
                rows.getTimestamp(7).toInstant(),
                ended == null ? null : ended.toInstant(),
                Totals.of(rows.getString(9)),
                rows.getLong(10),
                rows.getString(11),
                rows.getString(12)));
      }
    }
    return runs;
  }

  /**
   * Rows of a run by their number.
   *
   * @param verdict null for all
   * @param after only rows with a higher number
   */
  public List<Row> rows(long run, Verdict verdict, long after, int max) {
    String name = verdict == null ? null : verdict.name();
    return database.inTransaction(
        connection -> {
          List<Row> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(RunSql.ROWS)) {
            query.setLong(1, run);
            query.setString(2, name);
            query.setString(3, name);
            query.setLong(4, after);
            query.setInt(5, max);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                found.add(row(rows));
              }
            }
          }
          return found;
        });
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong(1),
        Verdict.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getTimestamp(10).toInstant(),
        row.getObject(11, Long.class),
        row.getString(12),
        row.getString(13));
  }

  /** How many of each class the last runs left, over all connections and the days since. */
  Map<Verdict, Long> open(LocalDate since) {
    return database.inTransaction(
        connection -> {
          Map<Verdict, Long> open = new TreeMap<>();
          try (PreparedStatement query = connection.prepareStatement(RunSql.OPEN)) {
            query.setObject(1, since);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                open.put(Verdict.valueOf(rows.getString(1)), rows.getLong(2));
              }
            }
          }
          return open;
        });
  }
}
