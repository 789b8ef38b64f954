package io.orderbridge.books;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All entries of some snapshots, and those of others that a run left open, read as one set in the
 * same order each time. Reads only; rows are given away as they come. Of one transaction.
 */
public final class EntryPool {
  // Of rows that came from the database and wait: some hundred KB.
  private static final int FETCHED = 1_000;
  private static final String OPEN =
      """
      (select distinct m.snapshot, m.place from books.member m
         join books.item i on i.run = m.run and i.no = m.item
        where m.run = %d and m.side = '%s' and i.carried)\
      """;
  private static final String SUMS =
      "select %s as unit, count(*), coalesce(sum(%s), 0) from (%s) entry group by 1 order by 1";
  private static final String DAYS =
      """
      select (%1$s at time zone '%2$s')::date, coalesce(shop, '') collate "C",
             coalesce(sku, '') collate "C", coalesce(currency, '') collate "C", count(*),
             coalesce(sum(quantity), 0), coalesce(sum(amount), 0)
        from (%3$s) entry
       group by 1, 2, 3, 4
       order by 1 nulls first, 2, 3, 4\
      """;
  private static final String LINES =
      """
      select snapshot, place, key, coalesce(kind, 'SALE'), amount, currency, quantity, status,
             ordered_at, paid_at, shipped_at, settled_at, shop, sku, ref, converted
        from (%s) entry
       order by snapshot, place\
      """;
  private static final String OF_MEMBERS =
      """
      select m.snapshot, m.place, key, coalesce(kind, 'SALE'), amount, currency, quantity, status,
             ordered_at, paid_at, shipped_at, settled_at, shop, sku, ref, converted, m.item
        from books.member m
        join (%s) entry on entry.snapshot = m.snapshot and entry.place = m.place
       where m.run = %d and m.side = '%s' and m.item <= %d
       order by m.item, m.snapshot, m.place\
      """;
  private static final String OF_ITEM =
      """
      select entry.* from (%s) entry
        join books.member m on m.snapshot = entry.snapshot and m.place = entry.place
       where m.run = %d and m.side = '%s' and m.item = %d
       order by entry.snapshot, entry.place limit %d\
      """;
  private static final String LEFT_OUT =
      """
      select * from (%1$s) entry
       where not (%2$s and %3$s)
         and not exists (select from books.member m
                          where m.run = %4$d and m.side = '%5$s' and m.snapshot = entry.snapshot
                            and m.place = entry.place)\
      """;
  private static final String MEMBERS =
      """
      select m.item, coalesce(entry.currency, ''), count(*), coalesce(sum(entry.amount), 0)
        from books.member m
        join (%1$s) entry on entry.snapshot = m.snapshot and entry.place = m.place
       where m.run = %2$d and m.side = '%3$s'
         and m.item in (select no from books.item where run = %2$d and currency is null)
       group by 1, 2\
      """;

  private final Connection connection;
  private final Of of;
  private final String entries;

  /**
   * One side of a run.
   *
   * @param side of that run: L or R
   * @param snapshots each once
   * @param openOf the run whose open entries of this side belong to it as well; null for none
   */
  public record Of(long run, String side, List<Long> snapshots, Long openOf) {
    public Of {
      snapshots = List.copyOf(snapshots);
    }
  }

  /**
   * What stands on a day, of a shop and a product.
   *
   * @param day null when the time is not known
   * @param currency empty for none
   * @param minor in minor units
   */
  public record Sold(
      LocalDate day,
      String shop,
      String sku,
      String currency,
      long entries,
      BigInteger pieces,
      BigInteger minor) {}

  /**
   * An entry with all that its source said.
   *
   * @param converted null when it was not
   */
  public record Told(Line line, String converted) {}

  /**
   * What a matching leaves out because it does not count or belong to the period.
   *
   * @param counts null when all do
   * @param period null when all entries belong to it
   */
  public record Cut(Matching.Condition counts, Basis basis, Matching.Period period) {
    boolean none() {
      return counts == null && period == null;
    }
  }

  /** Is given rows one by one, within the transaction. */
  @FunctionalInterface
  public interface Each<T> {
    void take(T row) throws SQLException;
  }

  public EntryPool(Connection connection, Of of) throws SQLException {
    this.connection = connection;
    this.of = of;
    List<String> all = new ArrayList<>();
    all.add(EntrySql.union(of.snapshots()));
    if (of.openOf() != null) {
      String open = OPEN.formatted(of.openOf(), of.side());
      for (long snapshot :
          numbers("select distinct snapshot from %s o order by 1".formatted(open))) {
        all.add(
            "select * from (%s) e where place in (select place from %s o where snapshot = %d)"
                .formatted(EntrySql.union(List.of(snapshot)), open, snapshot));
      }
    }
    this.entries = String.join("\nunion all\n", all);
  }

  /** What they come to, by unit. */
  public Map<String, Figures.Total> sums(Counting.Of measure) throws SQLException {
    Map<String, Figures.Total> sums = new TreeMap<>();
    each(
        SUMS.formatted(measure.unit(), measure.value(), entries),
        row -> sums.put(row.getString(1), total(row, 2)));
    return sums;
  }

  /** By day, shop, product and currency, in this order. */
  public void days(Basis basis, ZoneId zone, Each<Sold> sold) throws SQLException {
    each(
        DAYS.formatted(basis.column(), zone, entries),
        row ->
            sold.take(
                new Sold(
                    row.getObject(1, LocalDate.class),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getBigDecimal(6).toBigInteger(),
                    row.getBigDecimal(7).toBigInteger())));
  }

  /** Entry by entry, in the order of the snapshots and their lines. */
  public void lines(Each<Told> told) throws SQLException {
    each(LINES.formatted(entries), row -> told.take(told(row)));
  }

  /** The entries of one key. */
  public void ofKey(String key, Each<Told> told) throws SQLException {
    String quoted = "'" + key.replace("'", "''") + "'";
    String named = "select * from (%s) every where key = %s".formatted(entries, quoted);
    each(LINES.formatted(named), row -> told.take(told(row)));
  }

  /**
   * The entries of the first items of a run, item by item; those of snapshots that are not here are
   * left out.
   *
   * @param items so many items
   */
  public void ofMembers(int items, Each<Member> member) throws SQLException {
    each(
        OF_MEMBERS.formatted(entries, of.run(), of.side(), items),
        row -> member.take(new Member(row.getInt("item"), told(row).line())));
  }

  /**
   * The entries of one item of the run.
   *
   * @param most so many at most
   */
  public void ofItem(int item, int most, Each<Told> told) throws SQLException {
    String named = OF_ITEM.formatted(entries, of.run(), of.side(), item, most);
    each(LINES.formatted(named), row -> told.take(told(row)));
  }

  /** An entry, and in which item of the run it ended. */
  public record Member(int item, Line line) {}

  /** The entries that are in no item and did not match, for they were cut off. */
  public void leftOut(Cut cut, Each<Told> told) throws SQLException {
    if (!cut.none()) {
      each(LINES.formatted(leftOut(cut)), row -> told.take(told(row)));
    }
  }

  private String leftOut(Cut cut) {
    return LEFT_OUT.formatted(
        entries,
        EntrySql.counts(cut.counts()),
        EntrySql.belongs(cut.basis(), cut.period()),
        of.run(),
        of.side());
  }

  /** Of the items that have several currencies: what this side has of each, by item. */
  public Map<Integer, Map<String, Figures.Total>> ofItems() throws SQLException {
    Map<Integer, Map<String, Figures.Total>> sums = new TreeMap<>();
    each(
        MEMBERS.formatted(entries, of.run(), of.side()),
        row ->
            sums.computeIfAbsent(row.getInt(1), item -> new TreeMap<>())
                .put(row.getString(2), total(row, 3)));
    return sums;
  }

  private static Told told(ResultSet row) throws SQLException {
    Map<Basis, Instant> times = new EnumMap<>(Basis.class);
    for (Basis basis : Basis.values()) {
      OffsetDateTime at = row.getObject(basis.column(), OffsetDateTime.class);
      if (at != null) {
        times.put(basis, at.toInstant());
      }
    }
    return new Told(
        new Line(
            row.getLong("snapshot"),
            row.getInt("place"),
            row.getString("key"),
            EntryKind.valueOf(row.getString(4)),
            row.getObject("amount", Long.class),
            row.getString("currency"),
            row.getObject("quantity", Long.class),
            row.getString("status"),
            times,
            true,
            new Line.Labels(
                row.getString("shop"),
                row.getString("sku"),
                row.getString("ref"),
                row.getString("converted"))),
        row.getString("converted"));
  }

  private static Figures.Total total(ResultSet row, int first) throws SQLException {
    return new Figures.Total(row.getLong(first), row.getBigDecimal(first + 1).toBigInteger());
  }

  private List<Long> numbers(String sql) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    each(sql, row -> numbers.add(row.getLong(1)));
    return numbers;
  }

  private void each(String sql, Each<ResultSet> each) throws SQLException {
    try (Statement query = connection.createStatement()) {
      query.setFetchSize(FETCHED);
      try (ResultSet row = query.executeQuery(sql)) {
        while (row.next()) {
          each.take(row);
        }
      }
    }
  }
}
