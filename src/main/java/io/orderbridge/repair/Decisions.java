package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.repair.Repair.State;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What people decide about proposals: approve, reject, apply, stop, look again. Every act is
 * audited with the change, and refused with what would be allowed.
 */
@Singleton
public class Decisions {
  private final Database database;
  private final RulesInForce rules;

  Decisions(Database database, RulesInForce rules) {
    this.database = database;
    this.rules = rules;
  }

  /** Approves what somebody else has proposed. Done twice by the same person it is done once. */
  public void approve(Person caller, long id, String reason, Instant now) {
    decide(
        id,
        repair -> {
          Role role = caller.as(rules.now().of(repair.wish().action()).approve(), null);
          if (repair.wish().by().equals(caller.name())) {
            throw new Declined(
                Kind.FORBIDDEN,
                Wording.of(
                    "%s 是提出人；必须由另一个人批准",
                    "%s proposed it; somebody else has to approve", caller.name()));
          }
          return new Decision(
              caller, role, "approved", State.APPROVED, Set.of(State.PROPOSED), reason, now);
        });
  }

  /**
   * Rejects a proposal, also one that was approved and not begun; the proposer may take it back.
   */
  public void reject(Person caller, long id, String reason, Instant now) {
    decide(
        id,
        repair -> {
          RepairRules.Roles roles = rules.now().of(repair.wish().action());
          boolean own = repair.wish().by().equals(caller.name());
          Role role = caller.as(own ? roles.propose() : roles.approve(), null);
          return new Decision(
              caller,
              role,
              "rejected",
              State.REJECTED,
              Set.of(State.PROPOSED, State.APPROVED),
              reason,
              now);
        });
  }

  private record Decision(
      Person caller,
      Role role,
      String act,
      State to,
      Set<State> from,
      String reason,
      Instant now) {}

  private void decide(long id, Function<Repair, Decision> decider) {
    database.run(
        connection -> {
          Repair repair = locked(connection, id);
          Decision decision = decider.apply(repair);
          boolean again =
              repair.state() == decision.to()
                  && repair.decided().by().equals(decision.caller().name());
          if (again) {
            return;
          }
          if (!decision.from().contains(repair.state())) {
            throw new Declined(
                Kind.CONFLICT,
                Wording.of(
                    "补单 %d 的状态已是 %s，不能再执行 %s",
                    "repair %d is %s and is not %s any more", id, repair.state(), decision.act()));
          }
          write(connection, repair, decision);
        });
  }

  private static void write(Connection connection, Repair repair, Decision decision)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RepairSql.DECIDE)) {
      update.setString(1, decision.to().name());
      update.setString(2, decision.caller().name());
      update.setString(3, decision.role().word());
      update.setTimestamp(4, Timestamp.from(decision.now()));
      update.setLong(5, repair.id());
      update.setArray(6, Columns.array(connection, "text", decision.from(), Enum::name));
      update.executeUpdate();
    }
    String before = repair.state().name();
    String after = decision.to().name();
    RepairTables.audit(
        connection,
        decision.caller().name(),
        decision.act(),
        repair.id(),
        decision.reason() == null ? "" : decision.reason(),
        Map.of("before", before, "after", after, "role", decision.role().word()));
  }

  private static Repair locked(Connection connection, long id) throws SQLException {
    return RepairTables.find(connection, id, " for no key update")
        .orElseThrow(
            () -> new Declined(Kind.MISSING, Wording.of("没有补单 %d", "there is no repair %d", id)));
  }

  /**
   * Begins to apply it, or goes on after it was stopped. It is done by the rounds of whatever
   * process; begun twice it is done once.
   */
  public void apply(Person caller, long id, Instant now) {
    database.run(
        connection -> {
          Repair repair = locked(connection, id);
          Role role = caller.as(either(repair), null);
          if (repair.state() == State.APPLYING) {
            return;
          }
          checkBegins(connection, caller, repair, now);
          try (PreparedStatement begin = connection.prepareStatement(RepairSql.BEGIN)) {
            begin.setString(1, caller.name());
            begin.setTimestamp(2, Timestamp.from(now));
            begin.setLong(3, id);
            begin.executeUpdate();
          }
          RepairTables.audit(
              connection,
              caller.name(),
              "applied",
              id,
              repair.wish().reason(),
              Map.of("before", repair.state().name(), "after", "APPLYING", "role", role.word()));
        });
  }

  private void checkBegins(Connection connection, Person caller, Repair repair, Instant now)
      throws SQLException {
    long id = repair.id();
    if (!Set.of(State.PROPOSED, State.APPROVED, State.STOPPED).contains(repair.state())) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of(
              "补单 %d 的状态是 %s，没有执行", "repair %d is %s; nothing is applied", id, repair.state()));
    }
    if (repair.state() != State.PROPOSED) {
      return;
    }
    Why second = repair.second();
    if (second.isEmpty()) {
      // Several small ones are as large as one that is not.
      long alone = RepairTables.alone(connection, caller.name(), now.minus(rules.now().per()), id);
      second = Approval.tooMany(rules.now(), repair.changes(), alone);
    }
    if (!second.isEmpty()) {
      throw new Declined(
          Kind.CONFLICT,
          new Wording(
              "必须由 %s 以外的另一个人批准补单 %d：%s".formatted(repair.wish().by(), id, second.wording().zh()),
              ("a second person has to approve: %s; POST /api/repairs/%d/approve by somebody else"
                      + " than %s")
                  .formatted(second.en(), id, repair.wish().by())));
    }
  }

  /** Stops it: what is in work ends, nothing more is begun. It goes on when it is applied again. */
  public void stop(Person caller, long id, String reason) {
    database.run(
        connection -> {
          Repair repair = locked(connection, id);
          Role role = caller.as(either(repair), null);
          if (repair.state() == State.STOPPED) {
            return;
          }
          try (PreparedStatement stop = connection.prepareStatement(RepairSql.STOP)) {
            stop.setLong(1, id);
            if (stop.executeUpdate() == 0) {
              throw new Declined(
                  Kind.CONFLICT,
                  Wording.of(
                      "补单 %d 的状态是 %s，没有可停止的",
                      "repair %d is %s; nothing is stopped", id, repair.state()));
            }
          }
          RepairTables.audit(
              connection,
              caller.name(),
              "stopped",
              id,
              reason == null ? "" : reason,
              Map.of("before", "APPLYING", "after", "STOPPED", "role", role.word()));
        });
  }

  /**
   * Has the targets of all its orders looked at by the next round, also those that were given up.
   */
  public void readBack(Person caller, long id, Instant now) {
    database.run(
        connection -> {
          Repair repair = locked(connection, id);
          caller.as(either(repair), null);
          try (PreparedStatement look = connection.prepareStatement(RepairSql.LOOK_NOW)) {
            look.setTimestamp(1, Timestamp.from(now));
            look.setLong(2, id);
            look.executeUpdate();
          }
        });
  }

  private Set<Role> either(Repair repair) {
    RepairRules.Roles roles = rules.now().of(repair.wish().action());
    Set<Role> either = new TreeSet<>(roles.propose());
    either.addAll(roles.approve());
    return either;
  }
}
