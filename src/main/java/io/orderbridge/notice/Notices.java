package io.orderbridge.notice;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The notices and what is sent of them: what opens, what the clock does, what became of it.
 * Everything joins the caller's transaction.
 */
@Singleton
class Notices {
  private final WorkQueue queue;

  Notices(WorkQueue queue) {
    this.queue = queue;
  }

  void open(Connection connection, List<Opened> opened, Instant now) throws SQLException {
    if (opened.isEmpty()) {
      return;
    }
    try (PreparedStatement open = connection.prepareStatement(NoticeSql.OPEN)) {
      open.setTimestamp(1, Timestamp.from(now));
      open.setArray(2, array(connection, "text", opened, one -> one.gate().name()));
      open.setArray(3, array(connection, "bigint", opened, one -> one.event().orderId()));
      open.setArray(4, array(connection, "text", opened, Opened::item));
      open.setArray(5, array(connection, "text", opened, one -> one.event().order().shop()));
      open.setArray(6, array(connection, "text", opened, one -> one.event().order().number()));
      open.setArray(7, array(connection, "timestamptz", opened, one -> one.since().toString()));
      open.setArray(8, array(connection, "text", opened, one -> Json.write(one.conditions())));
      open.setArray(9, array(connection, "int", opened, one -> steps(one.gate())));
      open.executeUpdate();
    }
  }

  /** Plans anew what found no contact, of orders of which more is known now. */
  void contactMayBeKnown(Connection connection, Collection<Long> orders, Instant since)
      throws SQLException {
    if (orders.isEmpty()) {
      return;
    }
    try (PreparedStatement again = connection.prepareStatement(NoticeSql.CONTACT_MAY_BE_KNOWN)) {
      again.setArray(1, array(connection, "bigint", orders, order -> order));
      again.setTimestamp(2, Timestamp.from(since));
      again.executeUpdate();
    }
  }

  /** How many channels come one after the other; 0: all at once. */
  static int steps(Gate gate) {
    return gate.mode() == Gate.Mode.CASCADE ? gate.channels().size() : 0;
  }

  static Draft draft(long id, String vendor, Instant at, String subject) {
    return new Draft(queueOf(vendor), "N" + id, id, at, subject, "N" + id, null);
  }

  static String queueOf(String vendor) {
    return "notice:" + vendor;
  }

  /**
   * Has messages sent by their vendors now.
   *
   * @param vendors by message
   * @param watch when the clock looks whether they still wait
   */
  void queue(Connection connection, List<Due> due, Map<Long, String> vendors, Instant watch)
      throws SQLException {
    if (due.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.QUEUED)) {
      update.setTimestamp(1, Timestamp.from(watch));
      update.setArray(2, array(connection, "bigint", due, Due::id));
      update.setArray(3, array(connection, "text", due, one -> vendors.get(one.id())));
      update.executeUpdate();
    }
    queue.put(
        connection,
        due.stream()
            .map(one -> draft(one.id(), vendors.get(one.id()), one.gateAt(), one.subject()))
            .toList());
  }

  /** Looks at messages again later. */
  void watch(Connection connection, List<Due> due, Instant watch) throws SQLException {
    at(connection, NoticeSql.WATCH, due, watch);
  }

  /** Gives messages up that nobody is left to send. */
  void stranded(Connection connection, List<Due> due, Instant now) throws SQLException {
    at(connection, NoticeSql.STRANDED, due, now);
    follow(connection, due.stream().map(Due::notice).toList());
  }

  private static void at(Connection connection, String sql, List<Due> due, Instant at)
      throws SQLException {
    if (due.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setTimestamp(1, Timestamp.from(at));
      update.setArray(2, array(connection, "bigint", due, Due::id));
      update.executeUpdate();
    }
  }

  /** Has postponed messages decided anew. */
  void anew(Connection connection, List<Due> due) throws SQLException {
    mark(connection, NoticeSql.FORGET, due.stream().map(Due::id).toList());
    mark(connection, NoticeSql.ANEW, due.stream().map(Due::notice).sorted().toList());
  }

  /** Gives up waiting for receipts. */
  void unconfirmed(Connection connection, List<Due> due) throws SQLException {
    mark(connection, NoticeSql.UNCONFIRMED, due.stream().map(Due::id).toList());
    follow(connection, due.stream().map(Due::notice).toList());
  }

  /** A message of which the clock acts. */
  record Due(
      long id,
      String state,
      String vendor,
      long notice,
      Instant gateAt,
      String subject,
      int tries,
      String channel,
      boolean doubt) {}

  /** The messages of which the clock has to act; nobody else gets them meanwhile. */
  List<Due> due(Connection connection, Instant now, int max) throws SQLException {
    List<Due> due = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(NoticeSql.DUE)) {
      query.setTimestamp(1, Timestamp.from(now));
      query.setInt(2, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          due.add(
              new Due(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getLong(4),
                  rows.getTimestamp(5).toInstant(),
                  rows.getString(6) + "/" + rows.getString(7),
                  rows.getInt(8),
                  rows.getString(9),
                  rows.getBoolean(10)));
        }
      }
    }
    return due;
  }

  private static void mark(Connection connection, String sql, List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, array(connection, "bigint", ids, id -> id));
      update.execute();
    }
  }

  /** Locks notices; whoever changes their messages, and them, locks them first. */
  static void lock(Connection connection, Collection<Long> notices) throws SQLException {
    mark(connection, NoticeSql.LOCK, notices.stream().distinct().sorted().toList());
  }

  /** The same for the notices of messages. */
  static void lockOf(Connection connection, List<Long> messages) throws SQLException {
    mark(connection, NoticeSql.LOCK_OF, messages);
  }

  /** Brings notices up to what became of their messages. */
  static void follow(Connection connection, Collection<Long> notices) throws SQLException {
    if (notices.isEmpty()) {
      return;
    }
    List<Long> ids = notices.stream().distinct().sorted().toList();
    // First their locks, then a look of its own: what others committed meanwhile counts.
    mark(connection, NoticeSql.LOCK, ids);
    mark(connection, NoticeSql.FOLLOW, ids);
    mark(connection, NoticeSql.DROP_OTHERS, ids);
  }
}
