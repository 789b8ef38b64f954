package io.orderbridge.books;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Compares snapshots. Thread-safe. */
@Singleton
public class Matchings {
  private static final Logger LOG = Logger.getLogger(Matchings.class);
  private static final int FETCHED = 1_000;
  private static final String INSERT =
      """
      insert into books.matching (id, left_snapshot, right_snapshot, period_from, period_to, rules,
                                  made_at, matched, tolerated, breaks, excluded)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String EACH =
      """
      select class, key, left_place, left_amount, left_currency, left_status, left_at,
             right_place, right_amount, right_currency, right_status, right_at
        from books.difference where matching = ? order by class, key, left_place, right_place\
      """;

  private final Database database;

  public Matchings(Database database) {
    this.database = database;
  }

  /**
   * Compares two snapshots and keeps what does not match, in a transaction of its own. Nothing of
   * the entries comes into memory. The same snapshots give the same differences whenever it runs.
   *
   * @throws IllegalStateException when an entry would end in none or in two of matched, tolerated,
   *     break, excluded; nothing is kept then
   * @throws IllegalArgumentException when there is no such snapshot
   */
  public Matched match(Matching matching, Instant now) {
    Matched matched = database.inTransaction(connection -> match(connection, matching, now));
    LOG.infof(
        "books.matched matching=%d left=%d right=%d matched=%d %s",
        matched.id(),
        matching.left().snapshot(),
        matching.right().snapshot(),
        matched.matched(),
        matched.classes().toString().replaceAll("[{},]", ""));
    return matched;
  }

  private static Matched match(Connection connection, Matching matching, Instant now)
      throws SQLException {
    Snapshot.Sums left = sums(connection, matching.left());
    Snapshot.Sums right = sums(connection, matching.right());
    long id = next(connection);
    gather(connection, matching);
    execute(connection, MatchSql.keep(id, matching.tolerance()));
    execute(connection, MatchSql.AFTERWARDS);
    long rest =
        Matched.rest(left, named(connection, "left", id), right, named(connection, "right", id));
    Matched matched = new Matched(id, rest, classes(connection, id));
    insert(connection, matching, matched, now);
    return matched;
  }

  private static Snapshot.Sums sums(Connection connection, Matching.Side side) throws SQLException {
    return SnapshotSql.find(connection, side.snapshot())
        .orElseThrow(() -> new IllegalArgumentException("there is no snapshot " + side.snapshot()))
        .sums();
  }

  private static void gather(Connection connection, Matching matching) throws SQLException {
    execute(connection, MatchSql.PREPARE);
    for (String side : new String[] {"left", "right"}) {
      Matching.Side book = side.equals("left") ? matching.left() : matching.right();
      execute(connection, MatchSql.extra(side, book.snapshot()));
      execute(connection, MatchSql.firstIsNoExtra(side));
      execute(connection, "analyze books_extra_" + side);
    }
    execute(connection, MatchSql.unequal(matching, false));
    if (number(connection, "select count(*) from books_unequal where collided") > 0) {
      execute(connection, "drop table books_unequal");
      execute(connection, MatchSql.unequal(matching, true));
    }
  }

  private static long next(Connection connection) throws SQLException {
    return number(connection, "select nextval('books.matching_id')");
  }

  private static Matched.Named named(Connection connection, String side, long id)
      throws SQLException {
    long rows = 0;
    long places = 0;
    Map<String, BigInteger> totals = new TreeMap<>();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(MatchSql.NAMED.formatted(side, id))) {
      while (row.next()) {
        rows += row.getLong(2);
        places += row.getLong(3);
        BigDecimal sum = row.getBigDecimal(4);
        if (sum != null) {
          totals.put(row.getString(1), sum.toBigIntegerExact());
        }
      }
    }
    return new Matched.Named(rows, places, totals);
  }

  private static Map<DifferenceClass, Long> classes(Connection connection, long id)
      throws SQLException {
    Map<DifferenceClass, Long> classes = new EnumMap<>(DifferenceClass.class);
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(MatchSql.CLASSES.formatted(id))) {
      while (row.next()) {
        classes.put(DifferenceClass.valueOf(row.getString(1)), row.getLong(2));
      }
    }
    return classes;
  }

  private static void insert(Connection connection, Matching matching, Matched matched, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, matched.id());
      insert.setLong(2, matching.left().snapshot());
      insert.setLong(3, matching.right().snapshot());
      insert.setObject(4, matching.period().from().atOffset(ZoneOffset.UTC));
      insert.setObject(5, matching.period().to().atOffset(ZoneOffset.UTC));
      insert.setString(6, matching.rules());
      insert.setObject(7, now.atOffset(ZoneOffset.UTC));
      insert.setLong(8, matched.matched());
      insert.setLong(9, matched.count(DifferenceClass.Outcome.TOLERATED));
      insert.setLong(10, matched.count(DifferenceClass.Outcome.BREAK));
      insert.setLong(11, matched.count(DifferenceClass.Outcome.EXCLUDED));
      insert.executeUpdate();
    }
  }

  /** Gives every difference of a matching, by class and key; a few are in memory at a time. */
  public void each(long matching, Consumer<Difference> each) {
    database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(EACH)) {
            query.setFetchSize(FETCHED);
            query.setLong(1, matching);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                each.accept(
                    new Difference(
                        DifferenceClass.valueOf(row.getString(1)),
                        row.getString(2),
                        side(row, 3),
                        side(row, 8)));
              }
            }
          }
        });
  }

  private static Difference.Side side(ResultSet row, int from) throws SQLException {
    int place = row.getInt(from);
    if (row.wasNull()) {
      return null;
    }
    long minor = row.getLong(from + 1);
    boolean counts = !row.wasNull();
    Timestamp at = row.getTimestamp(from + 4);
    return new Difference.Side(
        place,
        counts ? minor : null,
        row.getString(from + 2),
        row.getString(from + 3),
        at == null ? null : at.toInstant());
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
