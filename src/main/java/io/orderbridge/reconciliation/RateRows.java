package io.orderbridge.reconciliation;

import io.orderbridge.books.Figures;
import io.orderbridge.books.Figures.Total;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows that difference rates are made of, and those that were frozen. */
final class RateRows {
  private static final int LOCK = 28_561;
  // What is not due yet is awaited, and nobody's difference.
  private static final String OPEN =
      """
      select reconciliation, currency, sum(abs(gap)), count(*)
        from book_break
       where state in ('OPEN', 'PROPOSED') and class <> 'UNSETTLED' and gap is not null
         and currency is not null and since >= ? and since <= ?
       group by 1, 2 order by 1, 2\
      """;
  private static final String FIGURES =
      """
      select snapshot, unit, entries, total from books.figure
       where definition = ? and snapshot = any (?)\
      """;
  private static final String KEEP =
      """
      insert into books.figure (snapshot, definition, unit, entries, total) values (?, ?, ?, ?, ?)
      on conflict on constraint figure_pk do nothing\
      """;
  private static final String FROZEN =
      """
      select reconciliation, currency, open, breaks, turnover, definition, snapshots, frozen_at,
             frozen_by
        from books.rate where month = ? order by reconciliation, currency\
      """;
  private static final String FREEZE =
      """
      insert into books.rate (month, reconciliation, currency, open, breaks, turnover, definition,
                              snapshots, frozen_at, frozen_by)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private RateRows() {}

  /** What is open of a reconciliation and currency, without signs. */
  record Open(String reconciliation, String currency, BigInteger amount, long breaks) {}

  static List<Open> open(Connection connection, YearMonth month) throws SQLException {
    List<Open> open = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OPEN)) {
      query.setObject(1, month.atDay(1));
      query.setObject(2, month.atEndOfMonth());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          open.add(
              new Open(
                  row.getString(1),
                  row.getString(2),
                  row.getBigDecimal(3).toBigInteger(),
                  row.getLong(4)));
        }
      }
    }
    return open;
  }

  /** What snapshots come to by a definition, by currency; each is counted once for good. */
  static Map<String, BigInteger> turnover(
      Connection connection, Definition definition, List<Long> snapshots) throws SQLException {
    Map<Long, Map<String, BigInteger>> known = known(connection, definition, snapshots);
    Map<String, BigInteger> turnover = new TreeMap<>();
    for (long snapshot : snapshots) {
      Map<String, BigInteger> one =
          known.containsKey(snapshot)
              ? known.get(snapshot)
              : count(connection, definition, snapshot);
      one.forEach((unit, total) -> turnover.merge(unit, total, BigInteger::add));
    }
    turnover.remove("");
    return turnover;
  }

  private static Map<Long, Map<String, BigInteger>> known(
      Connection connection, Definition definition, List<Long> snapshots) throws SQLException {
    Map<Long, Map<String, BigInteger>> known = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(FIGURES)) {
      query.setString(1, definition.id());
      query.setArray(2, connection.createArrayOf("bigint", snapshots.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          known
              .computeIfAbsent(row.getLong(1), snapshot -> new TreeMap<>())
              .put(row.getString(2), row.getBigDecimal(4).toBigInteger());
        }
      }
    }
    return known;
  }

  private static Map<String, BigInteger> count(
      Connection connection, Definition definition, long snapshot) throws SQLException {
    Map<String, Total> totals =
        new TreeMap<>(Figures.all(connection, List.of(snapshot), definition.counting()));
    // Says that it was counted, when nothing counts.
    totals.putIfAbsent("", Total.NONE);
    Map<String, BigInteger> values = new TreeMap<>();
    try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
      for (Map.Entry<String, Total> total : totals.entrySet()) {
        insert.setLong(1, snapshot);
        insert.setString(2, definition.id());
        insert.setString(3, total.getKey());
        insert.setLong(4, total.getValue().entries());
        insert.setBigDecimal(5, new BigDecimal(total.getValue().value()));
        insert.addBatch();
        values.put(total.getKey(), total.getValue().value());
      }
      insert.executeBatch();
    }
    return values;
  }

  /** One at a time per month, until the end of the transaction. */
  static void lock(Connection connection, YearMonth month) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, month.toString());
      lock.execute();
    }
  }

  /** The rates of a month that was frozen; empty when it was not. */
  static List<Rate> frozen(Connection connection, YearMonth month) throws SQLException {
    List<Rate> rates = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(FROZEN)) {
      query.setObject(1, month.atDay(1));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rates.add(
              new Rate(
                  new Rate.Of(month, row.getString(1), row.getString(2)),
                  row.getBigDecimal(3).toBigInteger(),
                  row.getLong(4),
                  row.getBigDecimal(5).toBigInteger(),
                  new Rate.Basis(
                      row.getString(6), Arrays.asList((Long[]) row.getArray(7).getArray())),
                  new Rate.Frozen(row.getTimestamp(8).toInstant(), row.getString(9))));
        }
      }
    }
    return rates;
  }

  static void freeze(Connection connection, List<Rate> rates, Rate.Frozen frozen)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(FREEZE)) {
      for (Rate rate : rates) {
        insert.setObject(1, rate.of().month().atDay(1));
        insert.setString(2, rate.of().reconciliation());
        insert.setString(3, rate.of().currency());
        insert.setBigDecimal(4, new BigDecimal(rate.open()));
        insert.setLong(5, rate.breaks());
        insert.setBigDecimal(6, new BigDecimal(rate.turnover()));
        insert.setString(7, rate.basis().definition());
        insert.setArray(8, connection.createArrayOf("bigint", rate.basis().snapshots().toArray()));
        insert.setTimestamp(9, Timestamp.from(frozen.at()));
        insert.setString(10, frozen.by());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
