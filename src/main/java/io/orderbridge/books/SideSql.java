package io.orderbridge.books;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One side of a matching as a relation. An entry is known by its spot: its place, after those of
 * the snapshots before it; what is carried comes first.
 */
final class SideSql {
  // Places are below 2^31, so that spots of two snapshots never meet.
  private static final long PER_SNAPSHOT = 1L << 32;
  private static final long CARRIED_FIRST = -(1L << 62);
  private static final String TOLD =
      "place, key, kind, amount, currency, quantity, status, ordered_at, paid_at, shipped_at,"
          + " settled_at, shop, sku, ref, converted";

  private final Matching matching;
  private final Matching.Side side;
  private final String name;
  private final String counts;

  /**
   * @param name left or right
   */
  SideSql(Matching matching, String name) {
    this.matching = matching;
    this.side = name.equals("left") ? matching.left() : matching.right();
    this.name = name;
    this.counts = EntrySql.counts(side.counts());
  }

  String name() {
    return name;
  }

  Matching.Side side() {
    return side;
  }

  boolean countsAll() {
    return counts.equals("true");
  }

  boolean hasCarried() {
    return !side.carried().isEmpty();
  }

  String carriedTable() {
    return "books_carried_" + name;
  }

  /** Whether it is one table, whose marks tell which keys may stand more than once. */
  private boolean isOne() {
    return !isOfMany() && !hasCarried();
  }

  /** Whether a key may stand in several of its tables, which no mark tells. */
  boolean isOfMany() {
    return side.snapshots().size() != 1;
  }

  /** An empty table for what is carried. */
  String openCarried() {
    return "create temporary table %s (snapshot bigint, spot bigint, like books.entry)"
            .formatted(carriedTable())
        + " on commit drop";
  }

  /** The entries that are carried, each once. */
  private String carried() {
    String runs =
        side.carried().stream()
            .map(one -> "(m.run = %d and m.side = '%s')".formatted(one.run(), one.side()))
            .collect(Collectors.joining(" or "));
    return """
    select distinct m.snapshot, m.place from books.member m
      join books.item i on i.run = m.run and i.no = m.item
     where i.carried and (%s)\
    """
        .formatted(runs);
  }

  String carriedSnapshots() {
    return "select distinct snapshot from (%s) c order by 1".formatted(carried());
  }

  String carriedRows() {
    return "select count(*) from (%s) c".formatted(carried());
  }

  /** Rows and sums by currency of what is carried. */
  String countCarried() {
    return """
    select coalesce(currency, ''), count(*), sum(value) from (select %s from %s) c group by 1\
    """
        .formatted(value(), carriedTable());
  }

  /** Puts those of one snapshot into the table. */
  String carry(long snapshot) {
    return """
    insert into %1$s (snapshot, spot, %2$s)
    select %3$d, %4$d + place, %2$s from %5$s
     where place in (select place from (%6$s) c where snapshot = %3$d)\
    """
        .formatted(
            carriedTable(),
            EntryBytes.COLUMNS,
            snapshot,
            CARRIED_FIRST + snapshot * PER_SNAPSHOT,
            SnapshotSql.table(snapshot),
            carried());
  }

  /** What of them counts, with what a pair is judged by. */
  String counted() {
    return union(
        "%1$s as spot, ctid as tid, key_hash, key, kind, %3$s, status, %4$s as inside",
        " where " + counts);
  }

  /**
   * The same without the keys that may stand more than once; of the marked, without all but one.
   */
  String once() {
    if (isOne()) {
      return counted() + " and not again";
    }
    return """
    select * from (%s) s
     where not exists (select 1 from books_repeated o where o.key_hash = s.key_hash)\
    """
        .formatted(counted());
  }

  /** Of the keys that may stand more than once all that counts. */
  String repeated() {
    if (!isOne()) {
      return "select * from (%s) s where key_hash in (select key_hash from books_repeated)"
          .formatted(counted());
    }
    // The first of each was met in the join, the others are marked: nothing is read through again.
    return """
    %1$s and ctid = any(array(
      select %2$s_tid from books_unequal where apart and %2$s_tid is not null
      union all select tid from books_again where side = '%2$s'))\
    """
        .formatted(counted(), name);
  }

  /** Those that are given away, with what is told of an entry; each table is asked for its rows. */
  String told() {
    List<String> all = new ArrayList<>();
    String columns = "%1$s as spot, %2$s as snapshot, " + TOLD;
    for (int i = 0; i < side.snapshots().size(); i++) {
      long snapshot = side.snapshots().get(i);
      all.add(
          select(columns, spot(i), snapshot + "::bigint", SnapshotSql.table(snapshot))
              + given(i * PER_SNAPSHOT, (i + 1) * PER_SNAPSHOT));
    }
    if (hasCarried()) {
      all.add(select(columns, "spot", "snapshot", carriedTable()) + given(Long.MIN_VALUE, 0));
    }
    if (all.isEmpty()) {
      all.add(select(columns, spot(0), "0::bigint", "books.entry"));
    }
    return String.join(" union all ", all);
  }

  private String given(long fromSpot, long toSpot) {
    return """
     where ctid = any(array(select %1$s_tid from books_unequal
       where not excluded and %1$s_spot >= %2$d and %1$s_spot < %3$d))\
    """
        .formatted(name, fromSpot, toSpot);
  }

  /** Rows and sums by currency, and of what does not count. */
  String count() {
    return """
    select coalesce(currency, ''), count(*), sum(value),
           count(*) filter (where not counted), sum(value) filter (where not counted)
      from (%s) every group by 1\
    """
        .formatted(union("%3$s, %5$s as counted", ""));
  }

  private String union(String columns, String where) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < side.snapshots().size(); i++) {
      long snapshot = side.snapshots().get(i);
      all.add(select(columns, spot(i), snapshot + "::bigint", SnapshotSql.table(snapshot)) + where);
    }
    if (hasCarried()) {
      all.add(select(columns, "spot", "snapshot", carriedTable()) + where);
    }
    if (all.isEmpty()) {
      all.add(select(columns, spot(0), "0::bigint", "books.entry") + where);
    }
    return String.join(" union all ", all);
  }

  private String select(String columns, String spot, String snapshot, String table) {
    return "select "
        + columns.formatted(
            spot, snapshot, value(), EntrySql.belongs(side.basis(), matching.period()), counts)
        + " from "
        + table;
  }

  private String value() {
    if (!matching.quantity()) {
      return "amount as value, currency";
    }
    // A row with several amounts has its pieces once.
    return "coalesce(quantity, 0) as value, null::text as currency";
  }

  private static String spot(int index) {
    return index == 0 ? "place::bigint" : "%d + place".formatted(index * PER_SNAPSHOT);
  }
}
