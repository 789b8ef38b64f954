package io.orderbridge.books;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Sets two sides of snapshots against each other. Thread-safe. */
@Singleton
public class Matchings {
  private static final Logger LOG = Logger.getLogger(Matchings.class);
  // Of rows that came from the database and wait: some hundred KB.
  private static final int FETCHED = 1_000;

  /** Like the other, told to nobody. */
  public Matched match(Connection connection, Matching matching, Consumer<Unmatched> each)
      throws SQLException {
    return match(connection, matching, each, Progress.NONE);
  }

  /**
   * Sets the sides against each other as sets and gives away, key by key in the order of their
   * bytes, what is not simply the same; what is the same is counted. Writes nothing but temporary
   * tables of the caller's transaction, which the caller ends. The same snapshots and carried
   * entries give the same whenever it runs. Entries of one key are in memory at a time.
   *
   * <p>Paired one by one, entries are the same when kind, amount (or pieces), currency and, where
   * both have one, status are, and both belong to the period; a pair, or an entry without a
   * partner, of which nothing belongs to the period is excluded. Of a key that has anything else,
   * all is given away that is not excluded, equal pairs too. Of a net matching all entries of a key
   * are the same when all belong to the period and their sums are equal, currency by currency; when
   * none belongs to it they are excluded; otherwise all are given away.
   *
   * @param each is called within the transaction and may use the connection; what it throws ends
   *     the matching
   * @throws IllegalStateException when an entry would be lost, doubled, or is not there any more
   * @throws IllegalArgumentException when there is no such snapshot, or an entry is carried into a
   *     matching that has all of its snapshot
   */
  public Matched match(
      Connection connection, Matching matching, Consumer<Unmatched> each, Progress progress)
      throws SQLException {
    SideSql left = new SideSql(matching, "left");
    SideSql right = new SideSql(matching, "right");
    execute(connection, MatchSql.DROP);
    execute(connection, MatchSql.PREPARE);
    Opened openedLeft = open(connection, matching, left);
    Opened openedRight = open(connection, matching, right);
    long rows = openedLeft.all().rows() + openedRight.all().rows();
    progress.at("joining", 0, rows);
    gather(connection, matching, left, right);
    progress.at("joining", rows, rows);
    Giving giving = new Giving(matching, each);
    give(connection, MatchSql.given(left, right), giving, progress);
    Matched matched =
        Matched.of(
            matching.net(),
            openedLeft.ended(excluded(connection, left), giving.left()),
            openedRight.ended(excluded(connection, right), giving.right()));
    execute(connection, MatchSql.DROP);
    LOG.infof(
        "books.matched left=%s right=%s entries=%d/%d excluded=%d/%d given=%d/%d matched=%d/%d",
        matching.left().snapshots(),
        matching.right().snapshots(),
        matched.left().entries().rows(),
        matched.right().entries().rows(),
        matched.left().excluded().rows(),
        matched.right().excluded().rows(),
        matched.left().given().rows(),
        matched.right().given().rows(),
        matched.left().matched().rows(),
        matched.right().matched().rows());
    return matched;
  }

  /** What a side has before anything is compared. */
  private record Opened(Matched.Count all, Matched.Count carried, Matched.Count notCounted) {
    Matched.Side ended(Matched.Count otherPeriod, Matched.Count given) {
      return new Matched.Side(all, carried, notCounted.plus(otherPeriod), given);
    }
  }

  private static Opened open(Connection connection, Matching matching, SideSql side)
      throws SQLException {
    Matched.Count sealed = Matched.Count.NONE;
    for (long id : side.side().snapshots()) {
      Snapshot.Sums sums =
          SnapshotSql.find(connection, id)
              .orElseThrow(() -> new IllegalArgumentException("there is no snapshot " + id))
              .sums();
      sealed = sealed.plus(new Matched.Count(sums.entries(), sums.totals()));
    }
    Matched.Count carried = carry(connection, matching, side);
    // Paired entries that went would leave their partners alone; the others have to be counted.
    if (!matching.net() && !matching.quantity() && side.countsAll()) {
      return new Opened(sealed.plus(carried), carried, Matched.Count.NONE);
    }
    List<Matched.Count> counted = counts(connection, side.count());
    Matched.Count all = counted.get(0);
    boolean stands = all.rows() == sealed.rows() + carried.rows();
    if (!stands || !matching.quantity() && !all.equals(sealed.plus(carried))) {
      throw new IllegalStateException(
          "the snapshots %s and what is carried had %s, and have %s: entries were changed"
              .formatted(side.side().snapshots(), sealed.plus(carried), all));
    }
    return new Opened(all, carried, counted.get(1));
  }

  private static Matched.Count carry(Connection connection, Matching matching, SideSql side)
      throws SQLException {
    if (!side.hasCarried()) {
      return Matched.Count.NONE;
    }
    execute(connection, side.openCarried());
    for (long snapshot : numbers(connection, side.carriedSnapshots())) {
      if (side.side().snapshots().contains(snapshot)) {
        throw new IllegalArgumentException(
            "entries of snapshot %d are carried into a matching that has all of it"
                .formatted(snapshot));
      }
      execute(connection, side.carry(snapshot));
    }
    Matched.Count carried = counts(connection, side.countCarried()).get(0);
    long named = numbers(connection, side.carriedRows()).get(0);
    if (carried.rows() != named) {
      throw new IllegalStateException(
          "the runs %s name %d entries to be carried, and %d are there"
              .formatted(side.side().carried(), named, carried.rows()));
    }
    return carried;
  }

  private static void gather(Connection connection, Matching matching, SideSql left, SideSql right)
      throws SQLException {
    execute(connection, MatchSql.OPEN_REPEATED);
    repeated(connection, left);
    repeated(connection, right);
    execute(connection, "analyze books_repeated");
    execute(connection, MatchSql.unequal(matching, left, right));
    execute(connection, MatchSql.NO_PAIR);
    execute(connection, MatchSql.entry(left, right));
    execute(connection, MatchSql.DROP_APART);
    execute(connection, "analyze books_entry");
    execute(connection, MatchSql.unequalRepeated(matching.net()));
    execute(connection, "analyze books_unequal");
  }

  private static void repeated(Connection connection, SideSql side) throws SQLException {
    if (side.isOfMany()) {
      execute(connection, MatchSql.repeatedOfMany(side));
      return;
    }
    execute(connection, MatchSql.marked(side));
    if (side.hasCarried()) {
      execute(connection, MatchSql.carriedMayRepeat(side));
    }
  }

  private static void give(Connection connection, String sql, Giving giving, Progress progress)
      throws SQLException {
    long all = numbers(connection, MatchSql.GIVEN_ROWS).get(0);
    try (Statement query = connection.createStatement()) {
      query.setFetchSize(FETCHED);
      try (ResultSet row = query.executeQuery(sql)) {
        // They are sorted by now; what the caller does meanwhile is planned as it always is.
        execute(connection, MatchSql.AFTERWARDS);
        while (row.next()) {
          giving.take(row);
          if (giving.rows() % FETCHED == 0) {
            progress.at("giving", giving.rows(), all);
          }
        }
      }
    }
    giving.finish();
    progress.at("giving", all, all);
  }

  private static Matched.Count excluded(Connection connection, SideSql side) throws SQLException {
    return counts(connection, MatchSql.excluded(side)).get(0);
  }

  /** Of rows of a currency followed by counts and sums: each pair of columns over all rows. */
  private static List<Matched.Count> counts(Connection connection, String sql) throws SQLException {
    List<Matched.Count> counts = new ArrayList<>();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(sql)) {
      int many = row.getMetaData().getColumnCount() / 2;
      for (int i = 0; i < many; i++) {
        counts.add(Matched.Count.NONE);
      }
      while (row.next()) {
        for (int i = 0; i < many; i++) {
          BigDecimal sum = row.getBigDecimal(2 * i + 3);
          Map<String, BigInteger> sums = new TreeMap<>();
          if (sum != null) {
            sums.put(row.getString(1), sum.toBigIntegerExact());
          }
          counts.set(i, counts.get(i).plus(new Matched.Count(row.getLong(2 * i + 2), sums)));
        }
      }
    }
    return counts;
  }

  private static List<Long> numbers(Connection connection, String sql) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(sql)) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return numbers;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
