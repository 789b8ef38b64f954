package io.orderbridge.books;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the entries of snapshots come to, counted as sets. Reads only. */
public final class Figures {
  private static final String SHIFT =
      """
      select key, unit, count(*) filter (where before) as entries_before,
             count(*) filter (where after) as entries_after,
             coalesce(sum(value) filter (where before), 0) as before,
             coalesce(sum(value) filter (where after), 0) as after
        from (select key, %1$s as unit, %2$s as value, (%3$s) and %4$s as before,
                     (%5$s) and %6$s as after
                from (%7$s) entry) each
       where before or after
       group by key, unit
      having count(*) filter (where before) <> count(*) filter (where after)
          or coalesce(sum(value) filter (where before), 0)
             <> coalesce(sum(value) filter (where after), 0)\
      """;

  private Figures() {}

  /** Where a time lies, seen from a period. The places are those of the statement. */
  public enum When {
    UNKNOWN,
    BEFORE,
    WITHIN,
    AFTER
  }

  /**
   * A total.
   *
   * @param entries how many it is made of
   */
  public record Total(long entries, BigInteger value) {
    public static final Total NONE = new Total(0, BigInteger.ZERO);

    public Total plus(Total other) {
      return new Total(entries + other.entries, value.add(other.value));
    }

    public Total minus(Total other) {
      return new Total(entries - other.entries, value.subtract(other.value));
    }
  }

  /**
   * Entries whose times all lie at the same places.
   *
   * @param unit a currency, whose minor units are counted; empty for pieces and orders
   */
  public record Cell(String unit, Total total, Map<Basis, When> times) {
    public Cell {
      times = Map.copyOf(times);
    }
  }

  /** A figure, made one way or another. */
  public record Way(Counting counting, Basis basis) {}

  /** A key of which another part counts. */
  public record Shifted(String key, String unit, Total before, Total after) {}

  /**
   * @param keys how many keys are concerned
   * @param first the first of them, by key
   */
  public record Shift(long keys, List<Shifted> first) {
    public Shift {
      first = List.copyOf(first);
    }
  }

  /** The newest snapshots of a source's days, by day; both days belong to it. */
  public static List<Snapshot> newest(
      Connection connection, String source, LocalDate from, LocalDate to) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      SnapshotSql.last(connection, new Snapshot.Of(source, day)).ifPresent(snapshots::add);
    }
    return snapshots;
  }

  /**
   * Snapshots by their numbers, in their order.
   *
   * @throws IllegalArgumentException when there is none of a number
   */
  public static List<Snapshot> named(Connection connection, List<Long> ids) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (long id : ids) {
      snapshots.add(
          SnapshotSql.find(connection, id)
              .orElseThrow(() -> new IllegalArgumentException("there is no snapshot " + id)));
    }
    return snapshots;
  }

  /** A figure over snapshots, by unit. */
  public static Map<String, Total> total(
      Connection connection, List<Long> snapshots, Way way, Matching.Period period)
      throws SQLException {
    Map<String, Total> totals = new TreeMap<>();
    String entries = EntrySql.union(snapshots);
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(way.counting().total(entries, way.basis(), period))) {
      while (row.next()) {
        totals.put(row.getString(1), total(row, 2, 3));
      }
    }
    return totals;
  }

  /** A figure over all that counts in snapshots, whatever its times, by unit. */
  public static Map<String, Total> all(
      Connection connection, List<Long> snapshots, Counting counting) throws SQLException {
    Map<String, Total> totals = new TreeMap<>();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(counting.all(EntrySql.union(snapshots)))) {
      while (row.next()) {
        totals.put(row.getString(1), total(row, 2, 3));
      }
    }
    return totals;
  }

  /** All that counts, by where its times lie. At most some hundred cells, however many entries. */
  public static List<Cell> cells(
      Connection connection, List<Long> snapshots, Counting counting, Matching.Period period)
      throws SQLException {
    List<Cell> cells = new ArrayList<>();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(counting.cells(EntrySql.union(snapshots), period))) {
      while (row.next()) {
        Map<Basis, When> times = new EnumMap<>(Basis.class);
        for (Basis basis : Basis.values()) {
          times.put(basis, When.values()[row.getInt(basis.column())]);
        }
        cells.add(new Cell(row.getString(1), total(row, 2, 3), times));
      }
    }
    return cells;
  }

  /**
   * The keys of which one way counts more, less or something else than another.
   *
   * @param most so many of them are named
   */
  public static Shift shift(
      Connection connection,
      List<Long> snapshots,
      List<Way> beforeAndAfter,
      Matching.Period period,
      int most)
      throws SQLException {
    Way before = beforeAndAfter.get(0);
    Way after = beforeAndAfter.get(1);
    String shifted =
        SHIFT.formatted(
            after.counting().of().unit(),
            after.counting().of().value(),
            EntrySql.counts(before.counting().counts()),
            EntrySql.within(before.basis(), period),
            EntrySql.counts(after.counting().counts()),
            EntrySql.within(after.basis(), period),
            EntrySql.union(snapshots));
    try (Statement query = connection.createStatement()) {
      long keys;
      try (ResultSet row =
          query.executeQuery("select count(distinct key) from (%s) s".formatted(shifted))) {
        row.next();
        keys = row.getLong(1);
      }
      List<Shifted> first = new ArrayList<>();
      try (ResultSet row = query.executeQuery(shifted + " order by key, unit limit " + most)) {
        while (row.next()) {
          first.add(
              new Shifted(row.getString(1), row.getString(2), total(row, 3, 5), total(row, 4, 6)));
        }
      }
      return new Shift(keys, first);
    }
  }

  private static Total total(ResultSet row, int entries, int value) throws SQLException {
    return new Total(row.getLong(entries), row.getBigDecimal(value).toBigInteger());
  }
}
