package io.orderbridge.board;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderFlow;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables {@code board_place} and {@code board_order}. Joins the caller's transaction. */
@Singleton
class BoardRows {
  private static final String CLAIM =
      "select feed, over, walk from board_place for update skip locked";
  private static final String ADVANCE = "update board_place set feed = ?, over = ?, walk = ?";
  private static final String LOAD =
      """
      select order_id, subject, status, reached, moved_at, late_at
        from board_order where order_id = any (?)\
      """;
  private static final String SAVE =
      """
      insert into board_order (order_id, subject, status, node, reached, moved_at, late_at)
      select n.id, n.subject, n.status, n.node, n.reached::bigint[], n.moved_at, n.late_at
        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::timestamptz[]) as n (id, subject, status, node, reached, moved_at, late_at)
      on conflict (order_id) do update
         set status = excluded.status, node = excluded.node, reached = excluded.reached,
             moved_at = excluded.moved_at, late_at = excluded.late_at\
      """;

  /**
   * How far was followed.
   *
   * @param feed cursor of the change feed
   * @param over cursor of the events whose time to reach every target is over
   * @param walk the last order of the running walk; null when it is over
   */
  record Place(String feed, String over, Long walk) {}

  /**
   * Takes the place until the transaction ends.
   *
   * @return empty when another process has it
   */
  Optional<Place> claim(Connection connection) throws SQLException {
    try (PreparedStatement claim = connection.prepareStatement(CLAIM);
        ResultSet row = claim.executeQuery()) {
      return row.next()
          ? Optional.of(new Place(row.getString(1), row.getString(2), row.getObject(3, Long.class)))
          : Optional.empty();
    }
  }

  void advance(Connection connection, Place place) throws SQLException {
    try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      advance.setString(1, place.feed());
      advance.setString(2, place.over());
      advance.setObject(3, place.walk(), java.sql.Types.BIGINT);
      advance.executeUpdate();
    }
  }

  /** What the counts hold of these orders; those not counted yet are missing. */
  Map<Long, Standing> load(Connection connection, Collection<Long> orders) throws SQLException {
    Map<Long, Standing> standings = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setArray(1, array(connection, "bigint", orders, order -> order));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          long order = rows.getLong(1);
          standings.put(
              order,
              new Standing(
                  new OrderFlow(
                      order, rows.getString(2), rows.getString(3), reached(rows.getArray(4))),
                  at(rows.getTimestamp(5)),
                  at(rows.getTimestamp(6))));
        }
      }
    }
    return standings;
  }

  /** Writes these orders, each once; nothing when there are none. */
  void save(Connection connection, Collection<Standing> orders) throws SQLException {
    if (orders.isEmpty()) {
      return;
    }
    try (PreparedStatement save = connection.prepareStatement(SAVE)) {
      save.setArray(1, array(connection, "bigint", orders, one -> one.flow().order()));
      save.setArray(2, array(connection, "text", orders, one -> one.flow().subject()));
      save.setArray(3, array(connection, "text", orders, one -> one.flow().status()));
      save.setArray(4, array(connection, "text", orders, Standing::node));
      save.setArray(5, array(connection, "text", orders, one -> text(one.flow().reached())));
      save.setArray(6, array(connection, "timestamptz", orders, one -> text(one.movedAt())));
      save.setArray(7, array(connection, "timestamptz", orders, one -> text(one.lateAt())));
      save.executeUpdate();
    }
  }

  private static Instant at(Timestamp stored) {
    return stored == null ? null : stored.toInstant();
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }

  // By place: the milestones are declared in an order that only ever grows at its end, or the
  // board is made anew.
  private static String text(Map<Milestone, Instant> reached) {
    return Stream.of(Milestone.values())
        .map(reached::get)
        .map(at -> at == null ? "null" : String.valueOf(at.toEpochMilli()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static Map<Milestone, Instant> reached(Array stored) throws SQLException {
    Long[] times = (Long[]) stored.getArray();
    Map<Milestone, Instant> reached = new EnumMap<>(Milestone.class);
    for (int i = 0; i < times.length; i++) {
      if (times[i] != null) {
        reached.put(Milestone.values()[i], Instant.ofEpochMilli(times[i]));
      }
    }
    return reached;
  }
}
