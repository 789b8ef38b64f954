package io.orderbridge.board;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.board.Tally.Grain;
import io.orderbridge.board.Tally.Heard;
import io.orderbridge.board.Tally.Stayed;
import io.orderbridge.board.Tally.What;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The counts: the tables {@code board_now}, {@code board_reached}, {@code board_stay} and {@code
 * board_sync}. Joins the caller's transaction; only who has the place in the feed writes.
 */
@Singleton
class BoardCounts {
  private static final String ADD_NOW =
      """
      insert into board_now as b (what, name, n)
      select * from unnest(?::text[], ?::text[], ?::bigint[])
      on conflict (what, name) do update set n = b.n + excluded.n\
      """;
  private static final String ADD_REACHED =
      """
      insert into board_reached as b (hour, node, n)
      select * from unnest(?::timestamptz[], ?::text[], ?::bigint[])
      on conflict (hour, node) do update set n = b.n + excluded.n\
      """;
  // A histogram is one text, added to by the only writer: as a row per bucket a day was 25,000 rows
  // to read for one look, 7 to 17 ms instead of one.
  private static final String LOAD_STAY =
      """
      select grain, starts_at, node, histogram
        from board_stay
        join unnest(?::text[], ?::timestamptz[], ?::text[]) as k (grain, starts_at, node)
       using (grain, starts_at, node)\
      """;
  private static final String SAVE_STAY =
      """
      insert into board_stay (grain, starts_at, node, histogram)
      select * from unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[])
      on conflict (grain, starts_at, node) do update set histogram = excluded.histogram\
      """;
  private static final String ADD_SYNC =
      """
      insert into board_sync as b (hour, orders, late)
      select * from unnest(?::timestamptz[], ?::bigint[], ?::bigint[])
      on conflict (hour) do update
         set orders = b.orders + excluded.orders, late = b.late + excluded.late\
      """;
  private static final String FORGET =
      "delete from board_stay where grain = 'HOUR' and starts_at < ?";

  static final String NOW = "select what, name, n from board_now where n <> 0";
  static final String STAY =
      """
      select node, histogram from board_stay
       where grain = ? and starts_at >= ? and starts_at <= ?\
      """;
  static final String REACHED =
      """
      select date_trunc(?, hour, 'UTC') as start, node, sum(n) from board_reached
       where hour >= ? and hour <= ? group by start, node having sum(n) <> 0 order by start\
      """;
  static final String SYNC =
      """
      select coalesce(sum(orders), 0), coalesce(sum(late), 0) from board_sync
       where hour >= ? and hour <= ?\
      """;

  /** A change of one count. */
  private record Row<K>(K key, long by) {}

  private static <K> List<Row<K>> changed(Map<K, Long> counts) {
    return counts.entrySet().stream()
        .filter(one -> one.getValue() != 0)
        .map(one -> new Row<>(one.getKey(), one.getValue()))
        .toList();
  }

  /** Adds the changes to the counts. */
  void apply(Connection connection, Tally tally) throws SQLException {
    var now = changed(tally.now);
    try (PreparedStatement add = connection.prepareStatement(ADD_NOW)) {
      add.setArray(1, array(connection, "text", now, row -> row.key().what().name()));
      add.setArray(2, array(connection, "text", now, row -> row.key().name()));
      add.setArray(3, array(connection, "bigint", now, Row::by));
      execute(add, now);
    }
    var reached = changed(tally.reached);
    try (PreparedStatement add = connection.prepareStatement(ADD_REACHED)) {
      add.setArray(
          1, array(connection, "timestamptz", reached, row -> row.key().hour().toString()));
      add.setArray(2, array(connection, "text", reached, row -> row.key().node()));
      add.setArray(3, array(connection, "bigint", reached, Row::by));
      execute(add, reached);
    }
    addStays(connection, tally.stayed);
    var heard =
        tally.heard.entrySet().stream()
            .filter(one -> !one.getValue().equals(new Heard(0, 0)))
            .toList();
    try (PreparedStatement add = connection.prepareStatement(ADD_SYNC)) {
      add.setArray(1, array(connection, "timestamptz", heard, row -> row.getKey().toString()));
      add.setArray(2, array(connection, "bigint", heard, row -> row.getValue().orders()));
      add.setArray(3, array(connection, "bigint", heard, row -> row.getValue().late()));
      execute(add, heard);
    }
  }

  private static void addStays(Connection connection, Map<Stayed, Stay> changes)
      throws SQLException {
    Map<Stayed, Stay> stays = new HashMap<>(changes);
    stays.values().removeIf(Stay::isEmpty);
    if (stays.isEmpty()) {
      return;
    }
    try (PreparedStatement load = connection.prepareStatement(LOAD_STAY);
        PreparedStatement save = connection.prepareStatement(SAVE_STAY)) {
      keys(connection, load, stays.keySet());
      try (ResultSet rows = load.executeQuery()) {
        while (rows.next()) {
          Instant start = rows.getTimestamp(2).toInstant();
          stays
              .get(new Stayed(Grain.valueOf(rows.getString(1)), start, rows.getString(3)))
              .add(Stay.of(rows.getString(4)));
        }
      }
      keys(connection, save, stays.keySet());
      save.setArray(4, array(connection, "text", stays.values(), Stay::text));
      save.executeUpdate();
    }
  }

  private static void keys(Connection connection, PreparedStatement statement, Set<Stayed> keys)
      throws SQLException {
    statement.setArray(1, array(connection, "text", keys, key -> key.grain().name()));
    statement.setArray(2, array(connection, "timestamptz", keys, key -> key.startsAt().toString()));
    statement.setArray(3, array(connection, "text", keys, Stayed::node));
  }

  private static void execute(PreparedStatement add, List<?> rows) throws SQLException {
    if (!rows.isEmpty()) {
      add.executeUpdate();
    }
  }

  /** Drops the hours before; their days stay. */
  void forget(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setTimestamp(1, Timestamp.from(before));
      forget.executeUpdate();
    }
  }

  /** How many orders stand where now. */
  Map<String, Long> now(Connection connection, What what) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(NOW);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        if (rows.getString(1).equals(what.name()) && !rows.getString(2).isEmpty()) {
          counts.put(rows.getString(2), rows.getLong(3));
        }
      }
    }
    return counts;
  }

  /** How long orders stayed, by the milestone that they left in this time. */
  Map<String, Stay> stays(Connection connection, Grain grain, Instant from, Instant to)
      throws SQLException {
    Map<String, Stay> stays = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(STAY)) {
      query.setString(1, grain.name());
      query.setTimestamp(2, Timestamp.from(from));
      query.setTimestamp(3, Timestamp.from(to));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          stays
              .computeIfAbsent(rows.getString(1), node -> new Stay())
              .add(Stay.of(rows.getString(2)));
        }
      }
    }
    stays.values().removeIf(Stay::isEmpty);
    return stays;
  }

  /** How many orders reached each milestone, by hour or day. */
  Map<Instant, Map<String, Long>> reached(
      Connection connection, Grain grain, Instant from, Instant to) throws SQLException {
    Map<Instant, Map<String, Long>> reached = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(REACHED)) {
      query.setString(1, grain.name().toLowerCase(java.util.Locale.ROOT));
      query.setTimestamp(2, Timestamp.from(from));
      query.setTimestamp(3, Timestamp.from(to));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          reached
              .computeIfAbsent(rows.getTimestamp(1).toInstant(), start -> new TreeMap<>())
              .put(rows.getString(2), rows.getLong(3));
        }
      }
    }
    return reached;
  }

  /** Orders whose status moved in this time, which ends now, and how many of them were late. */
  Heard heard(Connection connection, Instant from, Instant to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SYNC)) {
      query.setTimestamp(1, Timestamp.from(from));
      query.setTimestamp(2, Timestamp.from(to));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Heard(row.getLong(1), row.getLong(2));
      }
    }
  }
}
