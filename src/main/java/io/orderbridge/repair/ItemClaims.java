package io.orderbridge.repair;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Events;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import io.orderbridge.store.RunningInstance;
import io.orderbridge.work.Fates;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which orders of a repair this process is about to do. What is done is fixed when an order is
 * first claimed and stays the same, whoever claims it again after a death.
 */
@Singleton
class ItemClaims {
  // A process that was killed while it held an order killed itself by it, or was killed by chance.
  // So often it is no chance.
  private static final int STRIKES_MAX = 10;

  private final Database database;
  private final RunningInstance instance;
  private final Actions actions;
  private final RulesInForce rules;

  ItemClaims(Database database, RunningInstance instance, Actions actions, RulesInForce rules) {
    this.database = database;
    this.instance = instance;
    this.actions = actions;
    this.rules = rules;
  }

  private record Free(
      int item,
      OrderKey order,
      Map<String, String> fields,
      String before,
      boolean begun,
      int strikes) {
    Line line() {
      return new Line(item, order, fields);
    }
  }

  /** An order that may go on, and what is done to it if it is begun only now. */
  private record Begun(Free free, Effect effect) {}

  /** Repairs that are being applied, the oldest first. */
  List<Long> live() {
    return database.inTransaction(
        connection -> {
          List<Long> live = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(RepairSql.LIVE);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              live.add(rows.getLong(1));
            }
          }
          return live;
        });
  }

  /**
   * Claims the next orders of a repair. Orders that are not as they were when they were looked at,
   * and are refused now, are settled.
   *
   * @return empty when nothing is left, or nothing now: it was stopped, another process is
   *     claiming, or as many as its rate allows were done within the last second
   */
  List<Task> claim(long id, Instant now) {
    return database.inTransaction(
        connection -> {
          Optional<Repair> live = RepairTables.find(connection, id, RepairSql.LOCK_LIVE);
          return live.isEmpty() ? List.<Task>of() : claim(connection, live.get(), now);
        });
  }

  private List<Task> claim(Connection connection, Repair repair, Instant now) throws SQLException {
    Action action = actions.named(repair.wish().action());
    List<Free> free = new ArrayList<>();
    // Whole batches may be refused; they are settled at once, and the next one is looked at.
    while (true) {
      int most = Math.min(action.batch(), rules.now().rate() - lately(connection, repair.id()));
      free = most <= 0 ? List.of() : free(connection, repair.id(), most, now);
      if (free.isEmpty() || stopsAtKiller(connection, repair, free.get(0))) {
        return List.of();
      }
      List<Begun> begun = begin(connection, repair, action, free, now);
      if (!begun.isEmpty()) {
        return take(connection, repair, begun, action.lease());
      }
    }
  }

  private static int lately(Connection connection, long id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RepairSql.LATELY)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static List<Free> free(Connection connection, long id, int most, Instant now)
      throws SQLException {
    List<Free> free = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(RepairSql.FREE)) {
      query.setLong(1, id);
      query.setTimestamp(2, Timestamp.from(now));
      List<Long> running = RunningInstance.running(connection);
      query.setArray(3, array(connection, "bigint", running, number -> number));
      query.setInt(4, most);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          free.add(
              new Free(
                  rows.getInt(1),
                  new OrderKey(rows.getString(2), rows.getString(3)),
                  Json.texts(rows.getString(4)),
                  rows.getString(5),
                  rows.getString(6) != null,
                  rows.getInt(7)));
        }
      }
    }
    // What somebody did not end in order is done by itself: it may be what kills.
    return !free.isEmpty() && free.get(0).strikes() > 0 ? free.subList(0, 1) : free;
  }

  private static boolean stopsAtKiller(Connection connection, Repair repair, Free first)
      throws SQLException {
    if (first.strikes() < STRIKES_MAX) {
      return false;
    }
    try (PreparedStatement stop = connection.prepareStatement(RepairSql.STOP)) {
      stop.setLong(1, repair.id());
      stop.executeUpdate();
    }
    String why = "the process ended %d times while it was in work".formatted(STRIKES_MAX);
    Audit.write(
        connection,
        new Audit.Act(
            "orderbridge", "repair.stopped", "" + repair.id(), why, "item " + first.item()));
    return true;
  }

  // Looked at once more, now that it is done: what was approved is done, or nothing.
  private List<Begun> begin(
      Connection connection, Repair repair, Action action, List<Free> free, Instant now)
      throws SQLException {
    List<Begun> begun = new ArrayList<>();
    List<Free> fresh = new ArrayList<>();
    for (Free one : free) {
      if (one.begun()) {
        begun.add(new Begun(one, null));
      } else {
        fresh.add(one);
      }
    }
    List<Line> lines = fresh.stream().map(Free::line).toList();
    List<Effect> effects =
        lines.isEmpty() ? List.of() : action.foresee(connection, repair.wish(), lines, now);
    for (int i = 0; i < fresh.size(); i++) {
      Effect effect = asApproved(repair.wish(), fresh.get(i), effects.get(i));
      if (effect.how() == Effect.How.CHANGE) {
        begun.add(new Begun(fresh.get(i), effect));
      } else {
        settle(connection, repair.id(), fresh.get(i).item(), effect, now);
      }
    }
    return begun;
  }

  // Who overrides has seen one status and means that one.
  private static Effect asApproved(Wish wish, Free free, Effect now) {
    boolean moved = !now.before().equals(free.before());
    return wish.override() && moved && now.how() == Effect.How.CHANGE
        ? Effect.refused(
            now.before(),
            Why.of(
                "查看时状态是 %s，请重新提出",
                "it was %s when it was looked at; propose it again", free.before()))
        : now;
  }

  private static void settle(
      Connection connection, long repair, int item, Effect effect, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RepairSql.SETTLE_UNDONE)) {
      update.setString(1, RepairTables.state(effect.how()).name());
      update.setString(2, effect.why().en());
      update.setString(3, effect.why().zh());
      update.setString(4, effect.before());
      update.setString(5, effect.after());
      update.setTimestamp(6, Timestamp.from(now));
      update.setLong(7, repair);
      update.setInt(8, item);
      update.executeUpdate();
    }
  }

  private List<Task> take(Connection connection, Repair repair, List<Begun> begun, Duration lease)
      throws SQLException {
    List<Task> tasks = new ArrayList<>();
    try (PreparedStatement claim = connection.prepareStatement(RepairSql.CLAIM)) {
      claim.setLong(1, instance.id());
      claim.setDouble(2, lease.toSeconds());
      claim.setLong(3, Events.mark(connection));
      claim.setLong(4, Fates.mark(connection));
      claim.setArray(5, array(connection, "int", begun, one -> one.free().item()));
      claim.setArray(6, array(connection, "text", begun, ItemClaims::before));
      claim.setArray(7, array(connection, "text", begun, ItemClaims::work));
      claim.setArray(8, array(connection, "text", begun, ItemClaims::undo));
      claim.setLong(9, repair.id());
      try (ResultSet rows = claim.executeQuery()) {
        while (rows.next()) {
          tasks.add(task(repair, rows));
        }
      }
    }
    tasks.sort(Comparator.comparingInt(Task::item));
    return tasks;
  }

  private static String before(Begun begun) {
    return begun.effect() == null ? begun.free().before() : begun.effect().before();
  }

  private static String work(Begun begun) {
    return begun.effect() == null ? null : Json.text(begun.effect().task());
  }

  private static String undo(Begun begun) {
    boolean none = begun.effect() == null || begun.effect().undo() == null;
    return none ? null : Json.text(begun.effect().undo());
  }

  /** A row of item, shop, number, wish, claim_no, task, before, both marks and attempts. */
  static Task task(Repair repair, ResultSet row) throws SQLException {
    return new Task(
        repair,
        row.getInt(1),
        new OrderKey(row.getString(2), row.getString(3)),
        Json.texts(row.getString(4)),
        row.getLong(5),
        Json.object(row.getString(6)),
        row.getString(7),
        row.getLong(8),
        row.getLong(9),
        row.getInt(10));
  }
}
