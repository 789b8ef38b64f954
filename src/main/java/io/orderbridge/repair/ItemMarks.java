package io.orderbridge.repair;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import io.orderbridge.store.RunningInstance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes how the orders of repairs came out, each in a transaction of its own. Whoever was taken
 * over meanwhile writes nothing.
 */
@Singleton
class ItemMarks {
  // From the fifth try on it is no hiccup any more.
  private static final int HICCUPS = 4;
  // A round of looks: some of them ask a partner, for some ten seconds at most.
  private static final int LOOKS_MAX = 50;
  private static final Duration LOOK_LEASE = Duration.ofMinutes(10);

  private final Database database;
  private final RunningInstance instance;
  private final RepairFindings findings;
  private final RulesInForce rules;

  ItemMarks(
      Database database, RunningInstance instance, RepairFindings findings, RulesInForce rules) {
    this.database = database;
    this.instance = instance;
    this.findings = findings;
    this.rules = rules;
  }

  /**
   * Marks an order as done, with all that has to stand if and only if it is.
   *
   * @param act in the audit
   */
  boolean applied(Task task, String act, Action.Marking marking, Instant now) {
    return held(
        task,
        connection -> {
          Action.Marked marked = marking.write(connection);
          try (PreparedStatement update = connection.prepareStatement(RepairSql.APPLIED)) {
            update.setString(1, marked.after());
            update.setString(2, Shown.write(marked.targets()));
            update.setTimestamp(3, Timestamp.from(now));
            update.setTimestamp(4, Timestamp.from(now.plus(rules.now().readBack().wait(0))));
            update.setLong(5, task.repair().id());
            update.setInt(6, task.item());
            update.executeUpdate();
          }
          audit(connection, task, act, marked.after());
          if (task.attempts() > 0) {
            findings.looked(connection, task, List.of(), now);
          }
        });
  }

  private static void audit(Connection connection, Task task, String act, String after)
      throws SQLException {
    Repair repair = task.repair();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("before", task.before());
    detail.put("after", after);
    detail.put("repair", repair.id());
    detail.put("item", task.item());
    detail.put("role", repair.role());
    detail.put("proposedBy", repair.wish().by());
    if (repair.decided() != null) {
      detail.put("approvedBy", repair.decided().by());
    }
    detail.put("work", task.work());
    Audit.write(
        connection,
        new Audit.Act(
            repair.begun().by(), act, task.order().toString(), task.reason(), Json.text(detail)));
  }

  /** It is tried again after the wait. */
  boolean postponed(Task task, Why why, Duration wait, boolean person, Instant now) {
    return held(
        task,
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(RepairSql.POSTPONED)) {
            update.setTimestamp(1, Timestamp.from(now.plus(wait)));
            update.setString(2, why.en());
            update.setString(3, why.zh());
            update.setLong(4, task.repair().id());
            update.setInt(5, task.item());
            update.executeUpdate();
          }
          if (person || task.attempts() >= HICCUPS) {
            findings.notApplied(connection, task, true, why, now);
          }
        });
  }

  /** It was not done, and will not be. */
  boolean failed(Task task, Why why, Instant now) {
    return held(
        task,
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(RepairSql.FAILED)) {
            update.setString(1, why.en());
            update.setString(2, why.zh());
            update.setTimestamp(3, Timestamp.from(now));
            update.setLong(4, task.repair().id());
            update.setInt(5, task.item());
            update.executeUpdate();
          }
          findings.notApplied(connection, task, false, why, now);
        });
  }

  private boolean held(Task task, Database.SqlAction marking) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement held = connection.prepareStatement(RepairSql.HELD)) {
            held.setLong(1, task.repair().id());
            held.setInt(2, task.item());
            held.setLong(3, task.claimNo());
            try (ResultSet row = held.executeQuery()) {
              if (!row.next()) {
                return false;
              }
            }
          }
          marking.run(connection);
          return true;
        });
  }

  /** An order whose targets are to be looked at now. */
  record Look(Task task, List<Shown> targets, Instant appliedAt) {}

  /** Takes orders that are due to be looked at; who dies over it leaves them for later. */
  List<Look> looks(Instant now) {
    return database.inTransaction(
        connection -> {
          List<Look> looks = new ArrayList<>();
          Map<Long, Repair> repairs = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(RepairSql.LOOK)) {
            List<Long> running = RunningInstance.running(connection);
            query.setTimestamp(1, Timestamp.from(now));
            query.setArray(2, Columns.array(connection, "bigint", running, number -> number));
            query.setInt(3, LOOKS_MAX);
            query.setLong(4, instance.id());
            query.setDouble(5, LOOK_LEASE.toSeconds());
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                long id = rows.getLong(11);
                if (!repairs.containsKey(id)) {
                  repairs.put(id, RepairTables.find(connection, id, "").orElseThrow());
                }
                looks.add(
                    new Look(
                        ItemClaims.task(repairs.get(id), rows),
                        Shown.read(rows.getString(12)),
                        rows.getTimestamp(13).toInstant()));
              }
            }
          }
          return looks;
        });
  }

  /** Writes what a look showed, and when the next one is due. */
  boolean looked(Look look, List<Shown> shown, Instant now) {
    Task task = look.task();
    RepairRules.ReadBack readBack = rules.now().readBack();
    boolean over = !now.isBefore(look.appliedAt().plus(readBack.until()));
    List<Shown> targets = over ? shown.stream().map(ItemMarks::givenUp).toList() : shown;
    Shown.State worst = Shown.worst(targets);
    boolean ended = over || worst.compareTo(Shown.State.OPEN) < 0;
    return held(
        task,
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(RepairSql.LOOKED)) {
            update.setString(1, state(worst).name());
            update.setString(2, why(targets).en());
            update.setString(3, why(targets).zh());
            update.setString(4, Shown.write(targets));
            Instant next = now.plus(readBack.wait(task.attempts() + 1));
            update.setTimestamp(5, ended ? null : Timestamp.from(next));
            update.setTimestamp(6, worst == Shown.State.OPEN ? null : Timestamp.from(now));
            update.setLong(7, task.repair().id());
            update.setInt(8, task.item());
            update.executeUpdate();
          }
          findings.looked(connection, task, targets, now);
        });
  }

  private static Shown givenUp(Shown target) {
    return target.state() == Shown.State.OPEN
        ? new Shown(
            target.target(),
            Shown.State.FAILED,
            target.why().after("停止查看时仍未完成：", "still open when looking ended: "),
            target.refs(),
            target.at())
        : target;
  }

  private static RepairItem.State state(Shown.State worst) {
    return switch (worst) {
      case VERIFIED -> RepairItem.State.VERIFIED;
      case DELIVERED -> RepairItem.State.DELIVERED;
      case OPEN -> RepairItem.State.APPLIED;
      case FAILED -> RepairItem.State.FAILED;
    };
  }

  private static Why why(List<Shown> targets) {
    Shown.State worst = Shown.worst(targets);
    return worst.compareTo(Shown.State.OPEN) < 0
        ? Why.NONE
        : targets.stream()
            .filter(target -> target.state() == worst)
            .map(target -> target.why().after("%s：", "%s: ", target.target()))
            .findFirst()
            .orElse(Why.NONE);
  }

  /** Moves repairs on of which nothing is left to be done, or nothing to be looked at. */
  void moveOn(Instant now) {
    database.run(
        connection -> {
          try (PreparedStatement done = connection.prepareStatement(RepairSql.ALL_DONE);
              PreparedStatement read = connection.prepareStatement(RepairSql.ALL_READ)) {
            done.executeUpdate();
            read.setTimestamp(1, Timestamp.from(now));
            read.executeUpdate();
          }
        });
  }
}
