package io.orderbridge.consistency;

import static io.orderbridge.store.Columns.array;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables {@code order_check} and {@code order_watch}: how far orders were looked at, and which
 * have to be looked at again. Everything joins the caller's transaction.
 */
@Singleton
class OrderWatch {
  private static final String NAME = "contradictions";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private static final String CLAIM =
      "select feed, rules, walk from order_check where name = ? for update skip locked";
  private static final String ADVANCE =
      "update order_check set feed = ?, rules = ?, walk = ? where name = ?";
  private static final String BEGIN_WALK = "update order_check set walk = 0 where name = ?";
  private static final String DUE =
      "select order_id from order_watch where due_at <= ? order by due_at limit ?";
  private static final String WATCHED =
      "select order_id from order_watch where order_id > ? and order_id <= ?";
  // Locked before the order and its states are read: whoever makes it due meanwhile waits, and
  // makes
  // it due again.
  private static final String LOAD =
      """
      select order_id, case when isfinite(due_at) then due_at end, held, found,
             due_at is not null and not isfinite(due_at)
        from order_watch where order_id = any (?) order by order_id for update\
      """;
  private static final String UPDATE =
      """
      update order_watch w set due_at = n.due_at, held = n.held, found = n.found
        from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::boolean[])
          as n (order_id, due_at, held, found)
       where w.order_id = n.order_id\
      """;
  // A row that was not there before was added by a reading that is newer than what was looked at.
  private static final String INSERT =
      """
      insert into order_watch as w (order_id, due_at, held, found)
      select * from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::boolean[])
          as n (order_id, due_at, held, found) order by order_id
      on conflict (order_id) do update
         set due_at = least(w.due_at, excluded.due_at), held = excluded.held,
             found = excluded.found\
      """;
  private static final String FORGET = "delete from order_watch where order_id = any (?)";

  /**
   * How far orders were looked at.
   *
   * @param feed cursor of the change feed; null before the first look
   * @param rules version of the rules that the last walk began with
   * @param walk the last order of the running walk; null when none runs
   */
  record Place(String feed, String rules, Long walk) {}

  /**
   * What is remembered of an order.
   *
   * @param dueAt null when the clock alone changes nothing
   * @param held since when each rule that holds has held
   * @param found whether there are open findings
   */
  record Watched(long order, Instant dueAt, Map<String, Instant> held, boolean found) {
    static Watched nothing(long order) {
      return new Watched(order, null, Map.of(), false);
    }

    boolean isNothing() {
      return dueAt == null && held.isEmpty() && !found;
    }
  }

  /**
   * What was remembered before the look.
   *
   * @param asked whether somebody asked to look again, so that it is written even when it is equal
   */
  record Before(Watched watched, boolean asked) {}

  /**
   * Takes the place until the transaction ends.
   *
   * @return empty when another process has it
   */
  Optional<Place> claim(Connection connection) throws SQLException {
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setString(1, NAME);
      try (ResultSet row = claim.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Place(row.getString(1), row.getString(2), row.getObject(3, Long.class)))
            : Optional.empty();
      }
    }
  }

  void advance(Connection connection, Place to) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
      update.setString(1, to.feed());
      update.setString(2, to.rules());
      update.setObject(3, to.walk(), java.sql.Types.BIGINT);
      update.setString(4, NAME);
      update.executeUpdate();
    }
  }

  /** Begins a walk over all open orders, anew when one runs. */
  void beginWalk(Connection connection) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(BEGIN_WALK)) {
      update.setString(1, NAME);
      update.executeUpdate();
    }
  }

  /** Orders that the clock, or a reading of a system, has made due. */
  List<Long> due(Connection connection, Instant now, int max) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(DUE)) {
      query.setTimestamp(1, Timestamp.from(now));
      query.setInt(2, max);
      return numbers(query);
    }
  }

  /** Watched orders of a span of numbers, so that a walk forgets none of those that are closed. */
  List<Long> between(Connection connection, long after, long to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WATCHED)) {
      query.setLong(1, after);
      query.setLong(2, to);
      return numbers(query);
    }
  }

  private static List<Long> numbers(PreparedStatement query) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }

  /**
   * What is remembered of these orders, held until the transaction ends; of most it is nothing, and
   * they are missing.
   */
  Map<Long, Before> load(Connection connection, TreeSet<Long> orders) throws SQLException {
    Map<Long, Before> before = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setArray(1, array(connection, "bigint", orders, order -> order));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Timestamp due = rows.getTimestamp(2);
          Watched watched =
              new Watched(
                  rows.getLong(1),
                  due == null ? null : due.toInstant(),
                  held(rows.getString(3)),
                  rows.getBoolean(4));
          before.put(watched.order(), new Before(watched, rows.getBoolean(5)));
        }
      }
    }
    return before;
  }

  /** Remembers what differs from before; what is nothing is forgotten. */
  void save(Connection connection, Collection<Watched> looked, Map<Long, Before> before)
      throws SQLException {
    List<Watched> added = new ArrayList<>();
    List<Watched> changed = new ArrayList<>();
    List<Watched> gone = new ArrayList<>();
    for (Watched one : looked) {
      Before was = before.get(one.order());
      if (was == null) {
        if (!one.isNothing()) {
          added.add(one);
        }
      } else if (one.isNothing()) {
        gone.add(one);
      } else if (was.asked() || !was.watched().equals(one)) {
        changed.add(one);
      }
    }
    write(connection, INSERT, added);
    write(connection, UPDATE, changed);
    if (!gone.isEmpty()) {
      try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
        forget.setArray(1, array(connection, "bigint", gone, Watched::order));
        forget.executeUpdate();
      }
    }
  }

  private static void write(Connection connection, String sql, List<Watched> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      write.setArray(1, array(connection, "bigint", rows, Watched::order));
      write.setArray(
          2,
          array(
              connection,
              "timestamptz",
              rows,
              one -> one.dueAt() == null ? null : one.dueAt().toString()));
      write.setArray(3, array(connection, "text", rows, one -> text(one.held())));
      write.setArray(4, array(connection, "boolean", rows, Watched::found));
      write.executeUpdate();
    }
  }

  private static String text(Map<String, Instant> held) {
    Map<String, String> texts = new TreeMap<>();
    held.forEach((rule, since) -> texts.put(rule, since.toString()));
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is remembered of an order is not writable", e);
    }
  }

  private static Map<String, Instant> held(String text) {
    try {
      Map<String, Instant> held = new TreeMap<>();
      JSON.readValue(text, TEXTS).forEach((rule, since) -> held.put(rule, Instant.parse(since)));
      return held;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is remembered of an order is not readable", e);
    }
  }
}
