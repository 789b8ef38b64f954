package io.orderbridge.payment;

import io.orderbridge.payment.Totals.Line;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the records of a day with the order book as sets, on one snapshot of the database. All
 * of it happens there: the heap holds totals, however many payments there are.
 */
@Singleton
final class Comparison {
  private final Database database;

  Comparison(Database database) {
    this.database = database;
  }

  /**
   * What a comparison came to.
   *
   * @param awaited items that are to be looked at again when they are less fresh
   */
  record Compared(Totals totals, long awaited) {}

  /**
   * The records and the verdicts do not add up: a mistake of ours, or of what lies in the tables.
   */
  static final class DoesNotAddUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DoesNotAddUp(String what) {
      super(what);
    }
  }

  /**
   * Judges everything and keeps what is not the same under the run's number.
   *
   * @throws DoesNotAddUp when not every item ended in exactly one class; nothing is kept
   */
  Compared run(Scope scope, Instant now) {
    return database.inTransaction(connection -> run(connection, scope, now));
  }

  private static Compared run(Connection connection, Scope scope, Instant now) throws SQLException {
    SetSql sql = new SetSql(connection, scope.values(now));
    for (String statement :
        List.of(
            GatherSql.SETTINGS,
            GatherSql.TABLES,
            GatherSql.UNSORTED,
            GatherSql.PAYMENTS,
            GatherSql.SORTED,
            GatherSql.SAME,
            GatherSql.REFUNDS,
            GatherSql.ANALYZE_OPEN,
            GatherSql.PAYMENT_ITEMS,
            GatherSql.REFUND_ITEMS,
            GatherSql.ANALYZE_ITEMS,
            GatherSql.HERE_ITEMS,
            GatherSql.WAITING_ITEMS,
            GatherSql.ANALYZE_ITEMS,
            JudgeSql.LIVE,
            JudgeSql.ANALYZE_LIVE,
            JudgeSql.TABLE,
            JudgeSql.PAYMENTS,
            JudgeSql.HERE,
            JudgeSql.REFUNDS,
            JudgeSql.WAITING,
            JudgeSql.NOT_TAKEN)) {
      sql.execute(statement);
    }
    check("records of the day", sql, ResultSql.THERE, ResultSql.THERE_JUDGED);
    check("payments here", sql, ResultSql.HERE, ResultSql.HERE_JUDGED);
    long without = number(sql, ResultSql.NOT_JUDGED);
    if (without > 0) {
      throw new DoesNotAddUp("%d items ended in no class".formatted(without));
    }
    sql.execute(ResultSql.KEEP);
    return new Compared(totals(sql), number(sql, ResultSql.AWAITED));
  }

  private static void check(String what, SetSql sql, String there, String judged)
      throws SQLException {
    long counted = number(sql, there);
    long accounted = number(sql, judged);
    if (counted != accounted) {
      throw new DoesNotAddUp(
          "%s: there are %d, the classes account for %d".formatted(what, counted, accounted));
    }
  }

  private static long number(SetSql sql, String statement) throws SQLException {
    try (PreparedStatement query = sql.prepare(statement);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Totals totals(SetSql sql) throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (PreparedStatement query = sql.prepare(ResultSql.TOTALS);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        lines.add(
            new Line(
                Verdict.valueOf(rows.getString(1)),
                rows.getString(2),
                rows.getLong(3),
                new BigDecimal(rows.getString(4)).toPlainString()));
      }
    }
    return new Totals(lines);
  }
}
