package io.orderbridge.books;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements on snapshots and their entries. */
final class SnapshotSql {
  private static final String SELECT =
      """
      select id, source, day, version, taken_at, entries, aside, columns, totals,
             encode(content, 'hex'), encode(previous, 'hex'), encode(hash, 'hex')
        from books.snapshot\
      """;
  private static final String INSERT =
      """
      insert into books.snapshot (id, source, day, version, taken_at, entries, aside, columns,
                                  totals, content, previous, hash)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, decode(?, 'hex'), decode(?, 'hex'), decode(?, 'hex'))\
      """;
  private static final int LOCK = 28541;

  private SnapshotSql() {}

  /** A line that was put aside. */
  record Aside(int line, String why) {}

  /** One at a time per source, so that its chain has no fork; ends with the transaction. */
  static void lock(Connection connection, String source) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, source);
      lock.execute();
    }
  }

  /** A new snapshot's table, empty; gone when the transaction is rolled back. */
  static long open(Connection connection) throws SQLException {
    long id;
    try (Statement next = connection.createStatement();
        ResultSet row = next.executeQuery("select nextval('books.snapshot_id')")) {
      row.next();
      id = row.getLong(1);
    }
    try (Statement open = connection.createStatement()) {
      open.execute("select books.open_snapshot(" + id + ")");
    }
    return id;
  }

  static String table(long id) {
    return "books.entry_" + id;
  }

  /** Figures by which the database plans; of the key alone, the others are not joined by. */
  static void analyze(Connection connection, long id) throws SQLException {
    try (Statement analyze = connection.createStatement()) {
      // Keys stand once or nearly: a few thousand rows say so as well as thirty thousand.
      analyze.execute("set local default_statistics_target = 10");
      analyze.execute("select books.analyze_snapshot(" + id + ")");
      analyze.execute("set local default_statistics_target to default");
    }
  }

  static void drop(Connection connection, long id) throws SQLException {
    try (Statement drop = connection.createStatement()) {
      drop.execute("select books.drop_unsealed(" + id + ")");
    }
  }

  /**
   * From here to the end of the transaction nothing of the books can be changed or taken away, only
   * added; see {@code books.write_only} in the schema.
   */
  static void writeOnly(Connection connection) throws SQLException {
    try (Statement role = connection.createStatement()) {
      role.execute("select books.write_only()");
    }
  }

  static void putAside(Connection connection, long id, List<Aside> lines) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into books.aside (snapshot, line, why) values (?, ?, ?)")) {
      for (Aside aside : lines) {
        insert.setLong(1, id);
        insert.setInt(2, aside.line());
        insert.setString(3, aside.why());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<Aside> aside(Connection connection, long id) throws SQLException {
    List<Aside> lines = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select line, why from books.aside where snapshot = ? order by line")) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          lines.add(new Aside(row.getInt(1), row.getString(2)));
        }
      }
    }
    return lines;
  }

  static void insert(Connection connection, Snapshot snapshot) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, snapshot.id());
      insert.setString(2, snapshot.of().source());
      insert.setObject(3, snapshot.of().day());
      insert.setInt(4, snapshot.version());
      insert.setObject(5, snapshot.takenAt().atOffset(ZoneOffset.UTC));
      insert.setLong(6, snapshot.sums().entries());
      insert.setLong(7, snapshot.sums().aside());
      insert.setString(8, snapshot.sums().columns());
      insert.setString(9, snapshot.sums().text());
      insert.setString(10, snapshot.seal().content());
      insert.setString(11, snapshot.seal().previous());
      insert.setString(12, snapshot.seal().hash());
      insert.executeUpdate();
    }
  }

  /** The newest version of a day. */
  static Optional<Snapshot> last(Connection connection, Snapshot.Of of) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT + " where source = ? and day = ? order by version desc limit 1")) {
      query.setString(1, of.source());
      query.setObject(2, of.day());
      return list(query).stream().findFirst();
    }
  }

  /** The newest of all days. */
  static Optional<Snapshot> last(Connection connection, String source) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(SELECT + " where source = ? order by id desc limit 1")) {
      query.setString(1, source);
      return list(query).stream().findFirst();
    }
  }

  /** Days of a source that have a snapshot, both ends included. */
  static List<LocalDate> days(Connection connection, String source, LocalDate from, LocalDate to)
      throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select distinct day from books.snapshot where source = ? and day between ? and ?"
                + " order by day")) {
      query.setString(1, source);
      query.setObject(2, from);
      query.setObject(3, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          days.add(row.getObject(1, LocalDate.class));
        }
      }
    }
    return days;
  }

  /** Of some days, both ends included; the newest day and version first. */
  static List<Snapshot> between(
      Connection connection, String source, LocalDate from, LocalDate to, int most)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT
                + " where source = ? and day between ? and ?"
                + " order by day desc, version desc limit ?")) {
      query.setString(1, source);
      query.setObject(2, from);
      query.setObject(3, to);
      query.setInt(4, most);
      return list(query);
    }
  }

  static Optional<Snapshot> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + " where id = ?")) {
      query.setLong(1, id);
      return list(query).stream().findFirst();
    }
  }

  /** All of a source, in the order of its chain; some hundreds a year. */
  static List<Snapshot> chain(Connection connection, String source) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(SELECT + " where source = ? order by id")) {
      query.setString(1, source);
      return list(query);
    }
  }

  private static List<Snapshot> list(PreparedStatement query) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Timestamp takenAt = row.getTimestamp(5);
        Date day = row.getDate(3);
        snapshots.add(
            new Snapshot(
                row.getLong(1),
                new Snapshot.Of(row.getString(2), day.toLocalDate()),
                row.getInt(4),
                takenAt.toInstant(),
                new Snapshot.Sums(
                    row.getLong(6),
                    row.getLong(7),
                    row.getString(8),
                    Snapshot.Sums.totals(row.getString(9))),
                new Snapshot.Seal(row.getString(10), row.getString(11), row.getString(12))));
      }
    }
    return snapshots;
  }
}
