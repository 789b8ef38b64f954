package io.orderbridge.books;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gives rows that come by key away as groups of one key, and counts them. One group in memory. */
final class Giving {
  private final Matching matching;
  private final Consumer<Unmatched> each;
  private final List<Line> left = new ArrayList<>();
  private final List<Line> right = new ArrayList<>();
  private final Tally[] tallies = {new Tally(), new Tally()};
  private String key;
  private int side;
  private long spot;

  private static final class Tally {
    private long rows;
    private final Map<String, BigInteger> sums = new TreeMap<>();
  }

  Giving(Matching matching, Consumer<Unmatched> each) {
    this.matching = matching;
    this.each = each;
  }

  /** The row a cursor is at, of {@link MatchSql#given}. */
  void take(ResultSet row) throws SQLException {
    int nowSide = row.getInt(1);
    long nowSpot = row.getLong(2);
    String nowKey = row.getString(5);
    if (!nowKey.equals(key)) {
      finish();
      key = nowKey;
    } else if (nowSide == side && nowSpot == spot) {
      throw new IllegalStateException("an entry of key '%s' is given twice".formatted(key));
    }
    side = nowSide;
    spot = nowSpot;
    boolean isLeft = side == 1;
    Line line = line(row, (isLeft ? matching.left() : matching.right()).basis());
    (isLeft ? left : right).add(line);
    count(tallies[isLeft ? 0 : 1], line);
  }

  private Line line(ResultSet row, Basis basis) throws SQLException {
    Map<Basis, Instant> times = new EnumMap<>(Basis.class);
    for (Basis one : Basis.values()) {
      OffsetDateTime at = row.getObject(11 + one.ordinal(), OffsetDateTime.class);
      if (at != null) {
        times.put(one, at.toInstant());
      }
    }
    String kind = row.getString(6);
    return new Line(
        row.getLong(3),
        row.getInt(4),
        key,
        kind == null ? EntryKind.SALE : EntryKind.valueOf(kind),
        number(row, 7),
        row.getString(8),
        number(row, 9),
        row.getString(10),
        times,
        matching.period() == null || matching.period().has(times.get(basis)),
        labels(row));
  }

  private static Line.Labels labels(ResultSet row) throws SQLException {
    int last = 11 + Basis.values().length;
    String shop = row.getString(last);
    String sku = row.getString(last + 1);
    String ref = row.getString(last + 2);
    String converted = row.getString(last + 3);
    return shop == null && sku == null && ref == null && converted == null
        ? Line.Labels.NONE
        : new Line.Labels(shop, sku, ref, converted);
  }

  private static Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  private void count(Tally tally, Line line) {
    tally.rows++;
    Long value = matching.quantity() ? line.quantity() : line.minor();
    if (value != null) {
      String of = matching.quantity() ? "" : line.currency();
      tally.sums.merge(of, BigInteger.valueOf(value), BigInteger::add);
    }
  }

  /** Gives the last group away. */
  void finish() {
    if (key != null) {
      each.accept(new Unmatched(key, left, right));
    }
    left.clear();
    right.clear();
    key = null;
  }

  /** How many rows of both sides were given away so far. */
  long rows() {
    return tallies[0].rows + tallies[1].rows;
  }

  Matched.Count left() {
    return new Matched.Count(tallies[0].rows, tallies[0].sums);
  }

  Matched.Count right() {
    return new Matched.Count(tallies[1].rows, tallies[1].sums);
  }
}
