package io.orderbridge.reconciliation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rows of runs. Everything joins the caller's transaction. */
final class RunRows {
  private static final String INSERT =
      """
      insert into books.run (id, reconciliation, period_from, period_to, version, final, missing,
                             reason, made_at, rules, definitions, left_snapshots, right_snapshots,
                             carried_from, links, counts, sums, root, hash)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)\
      """;
  private static final String SELECT =
      """
      select id, reconciliation, period_from, period_to, version, missing, reason, made_at, rules,
             definitions, left_snapshots, right_snapshots, carried_from, links, counts::text,
             sums::text, root, hash
        from books.run\
      """;

  private RunRows() {}

  /** The number of the run to come; a number that is not used is no gap that matters. */
  static long next(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("select nextval('books.run_id')")) {
      row.next();
      return row.getLong(1);
    }
  }

  static void insert(Connection connection, Run run) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Run.Inputs inputs = run.inputs();
      insert.setLong(1, run.id());
      insert.setString(2, run.of().reconciliation());
      insert.setObject(3, run.of().from());
      insert.setObject(4, run.of().to());
      insert.setInt(5, run.version());
      insert.setBoolean(6, run.isFinal());
      insert.setString(7, String.join(" ", inputs.missing()));
      insert.setString(8, run.made().reason());
      insert.setTimestamp(9, Timestamp.from(run.made().at()));
      insert.setString(10, inputs.rules());
      insert.setString(11, inputs.definitions());
      insert.setArray(12, numbers(connection, inputs.left()));
      insert.setArray(13, numbers(connection, inputs.right()));
      insert.setObject(14, inputs.carriedFrom(), Types.BIGINT);
      insert.setArray(15, numbers(connection, inputs.links()));
      insert.setString(16, run.tally().counts());
      insert.setString(17, run.tally().sums());
      insert.setString(18, run.root());
      insert.setString(19, run.hash());
      insert.executeUpdate();
    }
  }

  static Optional<Run> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + " where id = ?")) {
      query.setLong(1, id);
      return first(query);
    }
  }

  /** The newest version of a period. */
  static Optional<Run> last(Connection connection, Run.Of of) throws SQLException {
    return version(connection, of, null);
  }

  /**
   * @param version null for the newest
   */
  static Optional<Run> version(Connection connection, Run.Of of, Integer version)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT
                + """

                 where reconciliation = ? and period_from = ? and period_to = ?
                   and (?::integer is null or version = ?)
                 order by version desc limit 1\
                """)) {
      query.setString(1, of.reconciliation());
      query.setObject(2, of.from());
      query.setObject(3, of.to());
      query.setObject(4, version, Types.INTEGER);
      query.setObject(5, version, Types.INTEGER);
      return first(query);
    }
  }

  /** The newest versions of the periods from one day to another, the oldest period first. */
  static List<Run> newest(
      Connection connection, String reconciliation, LocalDate from, LocalDate to)
      throws SQLException {
    return list(
        connection,
        """
        select distinct on (period_from, period_to) * from (%s
          where reconciliation = ? and period_to >= ? and period_from <= ?) r
         order by period_from, period_to, version desc\
        """
            .formatted(SELECT),
        reconciliation,
        from,
        to);
  }

  /** All versions of the periods from one day to another, the newest first. */
  static List<Run> all(Connection connection, String reconciliation, LocalDate from, LocalDate to)
      throws SQLException {
    return list(
        connection,
        SELECT
            + """

             where reconciliation = ? and period_to >= ? and period_from <= ?
             order by period_from desc, version desc\
            """,
        reconciliation,
        from,
        to);
  }

  /** The newest version of the newest period that ends before a day. */
  static Optional<Run> before(Connection connection, String reconciliation, LocalDate day)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT
                + """

                 where reconciliation = ? and period_to < ?
                 order by period_from desc, version desc limit 1\
                """)) {
      query.setString(1, reconciliation);
      query.setObject(2, day);
      return first(query);
    }
  }

  private static List<Run> list(
      Connection connection, String sql, String reconciliation, LocalDate from, LocalDate to)
      throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, reconciliation);
      query.setObject(2, from);
      query.setObject(3, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          runs.add(run(row));
        }
      }
    }
    return runs;
  }

  private static Optional<Run> first(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(run(row)) : Optional.empty();
    }
  }

  private static Run run(ResultSet row) throws SQLException {
    long carriedFrom = row.getLong(13);
    Long carried = row.wasNull() ? null : carriedFrom;
    String missing = row.getString(6);
    return new Run(
        row.getLong(1),
        new Run.Of(
            row.getString(2), row.getObject(3, LocalDate.class), row.getObject(4, LocalDate.class)),
        row.getInt(5),
        new Run.Made(row.getString(7), row.getTimestamp(8).toInstant()),
        new Run.Inputs(
            row.getString(9),
            row.getString(10),
            numbers(row.getArray(11)),
            numbers(row.getArray(12)),
            carried,
            numbers(row.getArray(14)),
            missing.isEmpty() ? List.of() : List.of(missing.split(" "))),
        Tally.Both.of(row.getString(15), row.getString(16)),
        row.getString(17),
        row.getString(18));
  }

  private static Array numbers(Connection connection, List<Long> numbers) throws SQLException {
    return connection.createArrayOf("bigint", numbers.toArray());
  }

  private static List<Long> numbers(Array array) throws SQLException {
    return Arrays.asList((Long[]) array.getArray());
  }
}
