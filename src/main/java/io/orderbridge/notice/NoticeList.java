package io.orderbridge.notice;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notices for people: which there are, how each was sent, what receipts say. */
@Singleton
public class NoticeList {
  /** States of a notice, as {@code GET /api/notices?state=} takes them, in small letters. */
  public static final List<String> STATES =
      List.of("new", "sending", "delivered", "read", "unconfirmed", "failed", "suppressed");

  private static final String COLUMNS =
      """
      select n.id, n.gate, n.shop, n.number, n.item, n.state, n.gate_at, n.since, n.conditions,
             n.decided, n.personal, n.cause, n.reached_at, n.reached_by
        from notice n\
      """;
  private static final String BY_CHANNEL =
      "exists (select from notice_send s where s.notice_id = n.id and s.channel = ?)";
  private static final String OF_ORDER =
      COLUMNS
          + """

           where n.order_id = ? order by n.id\
          """;
  private static final String ONE = COLUMNS + " where n.id = ?";
  private static final String SENDS =
      """
      select s.notice_id, s.id, s.channel, s.vendor, s.state, s.due_at, s.tries, s.personal,
             s.template, s.version, s.ref, s.planned_at, s.accepted_at, s.delivered_at, s.read_at,
             s.failed_at, s.cause, s.why
        from notice_send s where s.notice_id = any (?) order by s.notice_id, s.id\
      """;

  private final Database database;

  public NoticeList(Database database) {
    this.database = database;
  }

  /**
   * Which notices are wanted; null stands for any.
   *
   * @param state one of {@link #STATES}
   * @param before the id of the last one seen
   * @param orders by their numbers in the database, {@link io.orderbridge.order.Orders#ids}
   * @param channel by which a message was planned
   * @param rule that decided on one of its channels
   */
  public record Filter(
      String state,
      String gate,
      Instant from,
      Instant to,
      Long before,
      Collection<Long> orders,
      String channel,
      String rule) {
    public Filter(String state, String gate, Instant from, Instant to, Long before) {
      this(state, gate, from, to, before, null, null, null);
    }
  }

  /**
   * A message of a notice.
   *
   * @param id ours, as vendors echo it
   * @param dueAt when it is sent again, or its receipt is given up; null when the clock does
   *     nothing
   */
  public record Sent(
      String id,
      String channel,
      String vendor,
      String state,
      Instant dueAt,
      int tries,
      boolean personal,
      String template,
      Integer version,
      String ref,
      Instant plannedAt,
      Instant acceptedAt,
      Instant deliveredAt,
      Instant readAt,
      Instant failedAt,
      String cause,
      String why) {}

  /**
   * A notice.
   *
   * @param gateAt when the gate opened here, {@code since} when its last condition came true
   * @param decided channels with the rule that decided and what it did
   */
  public record Notice(
      long id,
      String gate,
      OrderKey order,
      String item,
      String state,
      Instant gateAt,
      Instant since,
      Map<String, Object> conditions,
      List<Map<String, String>> decided,
      String personal,
      String cause,
      Instant reachedAt,
      String reachedBy,
      List<Sent> sent) {}

  /**
   * The newest first, at most so many.
   *
   * @throws IllegalArgumentException when there is no such state
   */
  public List<Notice> list(Filter filter, int max) {
    // Without "or is null", and with the state as it is written in the index: a prepared plan must
    // be able to use it.
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (filter.state() != null) {
      conditions.add(inState(filter.state()));
    }
    narrow("n.gate = ?", filter.gate(), conditions, values);
    narrow("n.gate_at >= ?", stamp(filter.from()), conditions, values);
    narrow("n.gate_at < ?", stamp(filter.to()), conditions, values);
    narrow("n.id < ?", filter.before(), conditions, values);
    narrow("n.order_id = any (?)", ids(filter.orders()), conditions, values);
    narrow("n.decided::jsonb @> ?::jsonb", ofRule(filter.rule()), conditions, values);
    narrow(BY_CHANNEL, filter.channel(), conditions, values);
    values.add(max);
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(COLUMNS + where + " order by n.id desc limit ?")) {
            for (int i = 0; i < values.size(); i++) {
              query.setObject(i + 1, values.get(i));
            }
            return read(connection, query);
          }
        });
  }

  private static void narrow(
      String condition, Object value, List<String> conditions, List<Object> values) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  private static Long[] ids(Collection<Long> orders) {
    return orders == null ? null : orders.toArray(Long[]::new);
  }

  private static String ofRule(String rule) {
    return rule == null ? null : Json.write(List.of(Map.of("rule", rule)));
  }

  private static Timestamp stamp(Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  // What was delivered and then read was delivered.
  private static String inState(String state) {
    if (!STATES.contains(state)) {
      throw new IllegalArgumentException("'state' is one of " + String.join(", ", STATES));
    }
    return state.equals("delivered")
        ? "n.state in ('DELIVERED', 'READ')"
        : "n.state = '" + state.toUpperCase(java.util.Locale.ROOT) + "'";
  }

  /** Of one order, the oldest first. Joins the caller's transaction. */
  public List<Notice> of(Connection connection, long order) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_ORDER)) {
      query.setLong(1, order);
      return read(connection, query);
    }
  }

  /** Empty when there is none. */
  public List<Notice> one(long id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(ONE)) {
            query.setLong(1, id);
            return read(connection, query);
          }
        });
  }

  private static List<Notice> read(Connection connection, PreparedStatement query)
      throws SQLException {
    Map<Long, Notice> notices = new LinkedHashMap<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        notices.put(
            rows.getLong(1),
            new Notice(
                rows.getLong(1),
                rows.getString(2),
                new OrderKey(rows.getString(3), rows.getString(4)),
                rows.getString(5),
                rows.getString(6),
                at(rows, 7),
                at(rows, 8),
                Json.object(rows.getString(9)),
                Json.rows(rows.getString(10)),
                rows.getString(11),
                rows.getString(12),
                at(rows, 13),
                rows.getString(14),
                new ArrayList<>()));
      }
    }
    if (!notices.isEmpty()) {
      sends(connection, notices);
    }
    return List.copyOf(notices.values());
  }

  private static void sends(Connection connection, Map<Long, Notice> notices) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SENDS)) {
      query.setArray(1, connection.createArrayOf("bigint", notices.keySet().toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          notices
              .get(rows.getLong(1))
              .sent()
              .add(
                  new Sent(
                      "N" + rows.getLong(2),
                      rows.getString(3),
                      rows.getString(4),
                      rows.getString(5),
                      at(rows, 6),
                      rows.getInt(7),
                      rows.getBoolean(8),
                      rows.getString(9),
                      rows.getObject(10, Integer.class),
                      rows.getString(11),
                      at(rows, 12),
                      at(rows, 13),
                      at(rows, 14),
                      at(rows, 15),
                      at(rows, 16),
                      rows.getString(17),
                      rows.getString(18)));
        }
      }
    }
  }

  private static Instant at(ResultSet row, int place) throws SQLException {
    Timestamp at = row.getTimestamp(place);
    return at == null ? null : at.toInstant();
  }
}
