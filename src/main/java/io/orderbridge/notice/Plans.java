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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is planned of notices. Everything joins the caller's transaction. */
@Singleton
class Plans {
  private final WorkQueue queue;

  Plans(WorkQueue queue) {
    this.queue = queue;
  }

  /**
   * A notice that has to be planned.
   *
   * @param step of the gate's channels the first to be looked at
   * @param decided JSON of what was decided before
   */
  record Fresh(
      long id,
      String gate,
      long orderId,
      String item,
      String shop,
      String number,
      Instant gateAt,
      int step,
      String decided,
      String personal) {}

  /**
   * A message that is planned, or kept from being sent.
   *
   * @param state {@code PLANNED} or {@code SUPPRESSED}
   * @param dueAt when it is sent; null when it is not
   * @param cause the rule that keeps it from being sent; null otherwise
   */
  record Plan(
      Fresh notice,
      int step,
      Vendor vendor,
      String customer,
      Content content,
      String state,
      Instant dueAt,
      boolean personal,
      String cause) {}

  /**
   * What was decided of a notice as a whole.
   *
   * @param state {@code SENDING}, or {@code SUPPRESSED} when a rule keeps all of it back
   * @param steps of the gate as it is now; null when it is gone
   */
  record Decided(
      Fresh notice,
      String state,
      int step,
      Integer steps,
      String decided,
      String customer,
      String personal) {}

  /** Notices to be planned; no other process gets them before the transaction ends. */
  List<Fresh> take(Connection connection, int max) throws SQLException {
    List<Fresh> fresh = new ArrayList<>();
    try (PreparedStatement take = connection.prepareStatement(NoticeSql.TAKE)) {
      take.setInt(1, max);
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          fresh.add(
              new Fresh(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getLong(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getString(6),
                  rows.getTimestamp(7).toInstant(),
                  rows.getInt(8),
                  rows.getString(9),
                  rows.getString(10)));
        }
      }
    }
    return fresh;
  }

  /**
   * How many messages each customer was sent since a moment, by {@code customer/channel/content}.
   * Until the transaction ends nobody else counts these customers.
   */
  Map<String, Integer> counted(Connection connection, Collection<String> customers, Instant since)
      throws SQLException {
    Map<String, Integer> counted = new HashMap<>();
    if (customers.isEmpty()) {
      return counted;
    }
    try (PreparedStatement lock = connection.prepareStatement(NoticeSql.ONE_BY_ONE);
        PreparedStatement count = connection.prepareStatement(NoticeSql.COUNTED)) {
      lock.setArray(1, array(connection, "text", customers, customer -> customer));
      lock.execute();
      count.setArray(1, array(connection, "text", customers, customer -> customer));
      count.setTimestamp(2, Timestamp.from(since));
      try (ResultSet rows = count.executeQuery()) {
        while (rows.next()) {
          counted.put(
              rows.getString(1) + "/" + rows.getString(2) + "/" + rows.getString(3),
              rows.getInt(4));
        }
      }
    }
    return counted;
  }

  /** Writes plans and what was decided; what is due now is in its vendor's queue afterwards. */
  void write(Connection connection, List<Plan> plans, List<Decided> decided, Instant now)
      throws SQLException {
    write(connection, decided);
    if (!plans.isEmpty()) {
      queue.put(connection, insert(connection, plans, now));
    }
  }

  private static void write(Connection connection, List<Decided> decided) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.PLANNED)) {
      update.setArray(1, array(connection, "bigint", decided, one -> one.notice().id()));
      update.setArray(2, array(connection, "text", decided, Decided::state));
      update.setArray(3, array(connection, "int", decided, Decided::step));
      update.setArray(4, array(connection, "int", decided, Decided::steps));
      update.setArray(5, array(connection, "text", decided, Decided::decided));
      update.setArray(6, array(connection, "text", decided, Decided::customer));
      update.setArray(7, array(connection, "text", decided, Decided::personal));
      update.executeUpdate();
    }
  }

  // What is due now.
  private static List<Draft> insert(Connection connection, List<Plan> plans, Instant now)
      throws SQLException {
    Map<String, Plan> byChannel = new HashMap<>();
    plans.forEach(plan -> byChannel.put(plan.notice().id() + plan.vendor().channel(), plan));
    List<Draft> due = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(NoticeSql.PLAN)) {
      insert.setTimestamp(1, Timestamp.from(now));
      insert.setArray(2, array(connection, "bigint", plans, plan -> plan.notice().id()));
      insert.setArray(3, array(connection, "int", plans, Plan::step));
      insert.setArray(4, array(connection, "text", plans, plan -> plan.vendor().channel()));
      insert.setArray(5, array(connection, "text", plans, plan -> plan.vendor().connection()));
      insert.setArray(6, array(connection, "text", plans, Plan::customer));
      insert.setArray(7, array(connection, "text", plans, plan -> plan.content().name()));
      insert.setArray(8, array(connection, "text", plans, plan -> stateAt(plan, now)));
      insert.setArray(9, array(connection, "timestamptz", plans, plan -> waits(plan, now)));
      insert.setArray(10, array(connection, "boolean", plans, Plan::personal));
      insert.setArray(11, array(connection, "text", plans, Plan::cause));
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          Plan plan = byChannel.get(rows.getLong(2) + rows.getString(3));
          if (stateAt(plan, now).equals("QUEUED")) {
            due.add(draft(rows.getLong(1), plan));
          }
        }
      }
    }
    return due;
  }

  private static String waits(Plan plan, Instant now) {
    return switch (stateAt(plan, now)) {
      case "PLANNED" -> plan.dueAt().toString();
      case "QUEUED" -> now.plus(NoticeSql.WATCHED).toString();
      default -> null;
    };
  }

  private static String stateAt(Plan plan, Instant now) {
    return plan.dueAt() != null && !plan.dueAt().isAfter(now) ? "QUEUED" : plan.state();
  }

  private static Draft draft(long id, Plan plan) {
    return Notices.draft(
        id,
        plan.vendor().connection(),
        plan.notice().gateAt(),
        plan.notice().shop() + "/" + plan.notice().number());
  }

  /** By notice the channels that were tried, or kept from being tried. */
  Map<Long, Set<String>> tried(Connection connection, List<Long> notices) throws SQLException {
    Map<Long, Set<String>> tried = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(NoticeSql.TRIED)) {
      query.setArray(1, array(connection, "bigint", notices, id -> id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tried.computeIfAbsent(rows.getLong(1), id -> new HashSet<>()).add(rows.getString(2));
        }
      }
    }
    return tried;
  }
}
