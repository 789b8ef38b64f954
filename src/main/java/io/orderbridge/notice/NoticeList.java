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

  /** Rules and channels stand in no index of notices: so many of the newest are looked at. */
  public static final int LOOKED_MAX = 1_000;

  private static final String COLUMNS =
      """
      select n.id, n.gate, n.shop, n.number, n.item, n.state, n.gate_at, n.since, n.conditions,
             n.decided, n.personal, n.cause, n.reached_at, n.reached_by
        from %s\
      """;
  private static final String OF_ORDER =
      COLUMNS.formatted("notice n where n.order_id = ? order by n.id");
  private static final String ONE = COLUMNS.formatted("notice n where n.id = ?");
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
    NoticeSearch search = new NoticeSearch(filter);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(COLUMNS.formatted(search.rows()))) {
            query.setInt(search.bind(query), max);
            return read(connection, query);
          }
        });
  }

  /**
   * The oldest notice that {@link #list} looked at: of a rule or a channel it looks at so many of
   * the newest only, whatever they have. What is older is listed {@code before} it.
   *
   * @return null when it looked at all
   */
  public Long lookedTo(Filter filter) {
    NoticeSearch search = new NoticeSearch(filter);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(search.oldest())) {
            search.bindLooked(query);
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return row.getLong(1) < LOOKED_MAX ? null : row.getLong(2);
            }
          }
        });
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
