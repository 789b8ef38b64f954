package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Money;
import io.orderbridge.reconciliation.HandLink.Spot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of breaks, one by one. Everything joins the caller's transaction. */
final class BreakRows {
  static final String COLUMNS =
      """
      b.id, b.reconciliation, b.key, b.class, b.state, b.shop, b.gap, b.currency, b.quantity,
             b.since, b.run, b.item, b.opened_at, b.seen_at, b.ended_at, b.episode, b.proposed_by\
      """;
  private static final String FIND = "select " + COLUMNS + " from book_break b where b.id = ?";
  private static final String MOVE =
      """
      update book_break
         set state = ?, proposed_by = ?,
             ended_at = case when ? then null else ?::timestamptz end,
             episode = episode + case when ? then 1 else 0 end,
             opened_at = case when ? then ?::timestamptz else opened_at end,
             code = coalesce(code, nullif(class, 'UNSETTLED'))
       where id = ? and state = ?\
      """;
  private static final String ACT =
      """
      insert into book_break_act (break, at, who, act, reason, details)
      values (?, ?, ?, ?, ?, ?::jsonb)\
      """;
  private static final String MEMBERS =
      """
      select b.id, m.side::text, m.snapshot, m.place
        from book_break b join books.member m on m.run = b.run and m.item = b.item
       where b.reconciliation = ? and %s\
      """;

  private static final String OPEN = "b.state in ('OPEN', 'PROPOSED')";

  private BreakRows() {}

  static Optional<Break> find(Connection connection, long id) throws SQLException {
    return find(connection, id, "");
  }

  /** The break, locked until the end of the transaction. */
  static Optional<Break> lock(Connection connection, long id) throws SQLException {
    return find(connection, id, " for update");
  }

  private static Optional<Break> find(Connection connection, long id, String how)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND + how)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  static Break read(ResultSet row) throws SQLException {
    String currency = row.getString(8);
    long minor = row.getLong(7);
    Money gap =
        row.wasNull() || currency == null ? null : new Money(minor, Money.currency(currency));
    long quantity = row.getLong(9);
    Long pieces = row.wasNull() ? null : quantity;
    return new Break(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        BreakClass.valueOf(row.getString(4)),
        Break.State.valueOf(row.getString(5)),
        row.getString(6),
        gap,
        pieces,
        row.getObject(10, LocalDate.class),
        new Break.Seen(
            row.getLong(11),
            row.getInt(12),
            row.getTimestamp(13).toInstant(),
            row.getTimestamp(14).toInstant(),
            row.getTimestamp(15) == null ? null : row.getTimestamp(15).toInstant()),
        row.getInt(16),
        row.getString(17));
  }

  /**
   * Moves a break that is locked into another state.
   *
   * @param proposedBy null when nobody proposes
   */
  static void move(
      Connection connection, Break from, Break.State to, String proposedBy, Instant now)
      throws SQLException {
    boolean opens = to.isOpen() && !from.state().isOpen();
    try (PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setString(1, to.name());
      move.setObject(2, proposedBy, Types.VARCHAR);
      move.setBoolean(3, to.isOpen());
      move.setTimestamp(4, Timestamp.from(now));
      move.setBoolean(5, opens);
      move.setBoolean(6, opens);
      move.setTimestamp(7, Timestamp.from(now));
      move.setLong(8, from.id());
      move.setString(9, from.state().name());
      if (move.executeUpdate() != 1) {
        throw new IllegalStateException("break %d moved while it was locked".formatted(from.id()));
      }
    }
  }

  /** What was done, for good. */
  record Act(long id, Instant at, String who, String act, String reason, String details) {}

  static void act(Connection connection, Act act) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ACT)) {
      insert.setLong(1, act.id());
      insert.setTimestamp(2, Timestamp.from(act.at()));
      insert.setString(3, act.who());
      insert.setString(4, act.act());
      insert.setString(5, act.reason());
      insert.setString(6, act.details());
      insert.executeUpdate();
    }
  }

  /** The entries of a break on either side. */
  record Members(Set<Spot> left, Set<Spot> right) {
    Members() {
      this(new HashSet<>(), new HashSet<>());
    }
  }

  /** The entries of open breaks, by break. */
  static Map<Long, Members> members(Connection connection, String reconciliation, List<Long> ids)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(MEMBERS.formatted(OPEN + " and b.id = any (?)"))) {
      query.setString(1, reconciliation);
      query.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
      return members(query);
    }
  }

  /** The entries of breaks that are linked, all together. */
  static Members linked(Connection connection, String reconciliation, List<Long> ids)
      throws SQLException {
    Members all = new Members();
    // A break that was opened again is still known by the item that was linked.
    try (PreparedStatement query =
        connection.prepareStatement(MEMBERS.formatted("b.id = any (?)"))) {
      query.setString(1, reconciliation);
      query.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
      members(query)
          .values()
          .forEach(
              one -> {
                all.left().addAll(one.left());
                all.right().addAll(one.right());
              });
    }
    return all;
  }

  /** The same of all open breaks that have one of these entries. */
  static Map<Long, Members> holding(Connection connection, String reconciliation, Set<Spot> spots)
      throws SQLException {
    List<Spot> list = new ArrayList<>(spots);
    try (PreparedStatement query =
        connection.prepareStatement(
            MEMBERS.formatted(
                OPEN
                    + """
                     and b.id in (select o.id from book_break o
                              join books.member h on h.run = o.run and h.item = o.item
                             where (h.snapshot, h.place) in (select * from unnest(?, ?)))\
                    """))) {
      query.setString(1, reconciliation);
      query.setArray(
          2, connection.createArrayOf("bigint", list.stream().map(Spot::snapshot).toArray()));
      query.setArray(
          3, connection.createArrayOf("integer", list.stream().map(Spot::place).toArray()));
      return members(query);
    }
  }

  private static Map<Long, Members> members(PreparedStatement query) throws SQLException {
    Map<Long, Members> members = new HashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Members of = members.computeIfAbsent(row.getLong(1), id -> new Members());
        (row.getString(2).equals("L") ? of.left() : of.right())
            .add(new Spot(row.getLong(3), row.getInt(4)));
      }
    }
    return members;
  }
}
