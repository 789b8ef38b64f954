package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryPool;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What runs are asked for. */
@Singleton
class RunReads {
  private static final int FETCHED = 1_000;
  private static final String ITEMS =
      """
      select no, outcome, class, rule, key, shop, currency, left_amount, right_amount,
             left_quantity, right_quantity, since, carried, zh, en
        from books.item
       where run = ? and (?::text is null or class = ?) and (?::text is null or outcome = ?)
         and no > ?
       order by no limit ?\
      """;
  private static final String ITEM =
      """
      select no, outcome, class, rule, key, shop, currency, left_amount, right_amount,
             left_quantity, right_quantity, since, carried, zh, en
        from books.item where run = ? and no = ?\
      """;
  private static final String OF_KEY =
      """
      select no, outcome, class, rule, key, shop, currency, left_amount, right_amount,
             left_quantity, right_quantity, since, carried, zh, en
        from books.item
       where run = ? and (key = ? or no in (
               select m.item from books.member m
                where m.run = ? and (m.snapshot, m.place) in (select * from unnest(?, ?))))
       order by no\
      """;

  private final Database database;

  RunReads(Database database) {
    this.database = database;
  }

  /** An item as it stands in a run. */
  record Row(
      int no,
      Outcome outcome,
      BreakClass kind,
      String rule,
      String key,
      String shop,
      String currency,
      Long leftAmount,
      Long rightAmount,
      Long leftPieces,
      Long rightPieces,
      LocalDate since,
      boolean carried,
      String zh,
      String en) {}

  /**
   * Which items are wanted; null stands for any.
   *
   * @param after number of the last one seen
   */
  record Filter(BreakClass kind, Outcome outcome, int after) {}

  Optional<Run> find(long id) {
    return database.inTransaction(connection -> RunRows.find(connection, id));
  }

  Optional<Run> last(String reconciliation) {
    return database.inTransaction(
        connection -> RunRows.before(connection, reconciliation, LocalDate.of(9999, 1, 1)));
  }

  List<Run> list(String reconciliation, LocalDate from, LocalDate to) {
    return database.inTransaction(connection -> RunRows.all(connection, reconciliation, from, to));
  }

  List<Row> items(long run, Filter filter, int most) {
    List<Row> rows = new ArrayList<>();
    each(run, filter, most, rows::add);
    return rows;
  }

  /** Every item, in the order of class and key; a thousand are in memory at a time. */
  void each(long run, Filter filter, int most, Consumer<Row> row) {
    database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(ITEMS)) {
            query.setFetchSize(FETCHED);
            query.setLong(1, run);
            text(query, 2, filter.kind());
            text(query, 4, filter.outcome());
            query.setInt(6, filter.after());
            query.setInt(7, most);
            read(query, row);
          }
        });
  }

  private static void text(PreparedStatement query, int place, Enum<?> value) throws SQLException {
    String text = value == null ? null : value.name();
    query.setObject(place, text, Types.VARCHAR);
    query.setObject(place + 1, text, Types.VARCHAR);
  }

  private static void read(PreparedStatement query, Consumer<Row> each) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        each.accept(
            new Row(
                row.getInt(1),
                Outcome.valueOf(row.getString(2)),
                BreakClass.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                number(row, 8),
                number(row, 9),
                number(row, 10),
                number(row, 11),
                row.getObject(12, LocalDate.class),
                row.getBoolean(13),
                row.getString(14),
                row.getString(15)));
      }
    }
  }

  private static Long number(ResultSet row, int place) throws SQLException {
    long number = row.getLong(place);
    return row.wasNull() ? null : number;
  }

  /**
   * All that a run knows of a key.
   *
   * @param items that have the key, or one of its entries; empty when all of it matched or was not
   *     counted
   */
  record Explained(List<EntryPool.Told> left, List<EntryPool.Told> right, List<Row> items) {}

  Explained explain(Run run, String key) {
    return database.inTransaction(
        connection -> {
          List<EntryPool.Told> left = entries(connection, run, key, true);
          List<EntryPool.Told> right = entries(connection, run, key, false);
          return new Explained(left, right, items(connection, run, key, left, right));
        });
  }

  Optional<Row> item(long run, int no) {
    return database.inTransaction(
        connection -> {
          List<Row> rows = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(ITEM)) {
            query.setLong(1, run);
            query.setInt(2, no);
            read(query, rows::add);
          }
          return rows.stream().findFirst();
        });
  }

  /** The first entries of an item on each side; its items are not looked up. */
  Explained members(Run run, int item, int most) {
    return database.inTransaction(
        connection -> {
          List<EntryPool.Told> left = new ArrayList<>();
          List<EntryPool.Told> right = new ArrayList<>();
          pool(connection, run, true).ofItem(item, most, left::add);
          pool(connection, run, false).ofItem(item, most, right::add);
          return new Explained(left, right, List.of());
        });
  }

  private static EntryPool pool(Connection connection, Run run, boolean left) throws SQLException {
    List<Long> snapshots = left ? run.inputs().left() : run.inputs().right();
    return new EntryPool(
        connection,
        new EntryPool.Of(run.id(), left ? "L" : "R", snapshots, run.inputs().carriedFrom()));
  }

  private static List<EntryPool.Told> entries(
      Connection connection, Run run, String key, boolean left) throws SQLException {
    List<EntryPool.Told> told = new ArrayList<>();
    pool(connection, run, left).ofKey(key, told::add);
    return told;
  }

  private static List<Row> items(
      Connection connection,
      Run run,
      String key,
      List<EntryPool.Told> left,
      List<EntryPool.Told> right)
      throws SQLException {
    List<EntryPool.Told> all = new ArrayList<>(left);
    all.addAll(right);
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OF_KEY)) {
      query.setLong(1, run.id());
      query.setString(2, key);
      query.setLong(3, run.id());
      query.setArray(
          4,
          connection.createArrayOf(
              "bigint", all.stream().map(told -> told.line().snapshot()).toArray()));
      query.setArray(
          5,
          connection.createArrayOf(
              "integer", all.stream().map(told -> told.line().place()).toArray()));
      read(query, rows::add);
    }
    return rows;
  }
}
