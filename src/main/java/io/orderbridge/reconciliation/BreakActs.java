package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Break.State;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;

/**
 * What people decide about a break. Each act leaves a trail at the break and in the audit, and
 * moves finding and ticket along, in one transaction. Done again by the same person it changes
 * nothing.
 */
@Singleton
public class BreakActs {
  private static final Set<Role> MAY = Set.of(Role.FINANCE, Role.OWNER);
  private static final Set<Role> OWNER = Set.of(Role.OWNER);
  private static final int REASON_MAX = 500;

  private final Database database;
  private final Reconciliations reconciliations;
  private final BreakFindings findings;

  BreakActs(Database database, Reconciliations reconciliations, BreakFindings findings) {
    this.database = database;
    this.reconciliations = reconciliations;
    this.findings = findings;
  }

  /** What a person does. */
  public enum Act {
    ACCEPT("ACCEPTED", "break.accepted", true),
    WRITE_OFF("PROPOSED", "break.write-off-proposed", true),
    APPROVE("WRITTEN_OFF", "break.written-off", false),
    REFUSE("REFUSED", "break.write-off-refused", true),
    REOPEN("REOPENED", "break.reopened", true);

    private final String trail;
    private final String audit;
    private final boolean reasoned;

    Act(String trail, String audit, boolean reasoned) {
      this.trail = trail;
      this.audit = audit;
      this.reasoned = reasoned;
    }
  }

  /** Where the break goes; null when there is nothing left to do. */
  private record Step(State to, String proposedBy) {}

  /**
   * Decides about a break, in a transaction of its own; done again it changes nothing.
   *
   * @param reason 1 to 500 characters; may be empty or null for {@link Act#APPROVE}
   * @throws Declined when there is no such break, the person may not, the reason is missing, or its
   *     state does not allow it
   */
  public void act(Person person, long id, Act act, String reason, Instant now) {
    person.needs(MAY, new Wording("处理差异", "Deciding about breaks"));
    String why = reason(act, reason);
    database.run(
        connection -> {
          Break found = BreakRows.find(connection, id).orElseThrow(() -> missing(id));
          Breaks.lock(connection, found.reconciliation());
          Break locked = BreakRows.lock(connection, id).orElseThrow();
          Step step = step(person, locked, act);
          if (step != null) {
            move(connection, person, locked, act, step, why, now);
          }
        });
  }

  static String reason(Act act, String reason) {
    String why = reason == null ? "" : reason.strip();
    if (act.reasoned && why.isEmpty() || why.length() > REASON_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "理由有 %d 个字，应为 1 到 %d 个字",
              "'reason' has %d characters, expected 1 to %d", why.length(), REASON_MAX));
    }
    return why;
  }

  static Declined missing(long id) {
    return new Declined(Kind.MISSING, Wording.of("没有差异 %d", "there is no break %d", id));
  }

  private void move(
      Connection connection, Person person, Break from, Act act, Step step, String why, Instant now)
      throws SQLException {
    BreakRows.move(connection, from, step.to(), step.proposedBy(), now);
    if (from.state() == State.LINKED) {
      BreakLinks.undo(connection, from, person.name(), why, now);
    }
    BreakRows.act(
        connection,
        new BreakRows.Act(
            from.id(),
            now,
            person.name(),
            act.trail,
            why,
            "{\"before\": {\"state\": \"%s\"}}".formatted(from.state())));
    Audit.write(
        connection,
        new Audit.Act(
            person.name(),
            act.audit,
            from.reconciliation() + "/" + from.key(),
            why,
            "break=%d from=%s to=%s gap=%s pieces=%s"
                .formatted(from.id(), from.state(), step.to(), from.gap(), from.pieces())));
    settle(connection, from.reconciliation(), now);
  }

  /** Makes findings and tickets what the breaks are. */
  void settle(Connection connection, String reconciliation, Instant now) throws SQLException {
    String owner =
        reconciliations
            .find(reconciliation)
            .map(loaded -> loaded.reconciliation().owner())
            .orElse(Role.FINANCE.word());
    findings.settle(connection, reconciliation, owner, now);
  }

  private Step step(Person person, Break from, Act act) {
    switch (act) {
      case ACCEPT:
        return to(from, State.ACCEPTED, act, from.state().isOpen());
      case WRITE_OFF:
        return propose(person, from);
      case APPROVE:
        return approve(person, from);
      case REFUSE:
        return to(from, State.OPEN, act, from.state() == State.PROPOSED, State.CLEARED);
      case REOPEN:
        return to(
            from,
            State.OPEN,
            act,
            from.state() == State.ACCEPTED
                || from.state() == State.WRITTEN_OFF
                || from.state() == State.LINKED);
      default:
        throw new IllegalStateException("no such act " + act);
    }
  }

  private static Step to(Break from, State to, Act act, boolean allowed, State... never) {
    if (!allowed && (from.state() != to || never.length > 0)) {
      throw conflict(from, act);
    }
    return allowed ? new Step(to, null) : null;
  }

  private static Declined conflict(Break from, Act act) {
    return new Declined(
        Kind.CONFLICT,
        Wording.of(
            "差异 %d 的状态是 %s；%s 只能在 %s 时进行",
            "break %d is %s; %s needs %s",
            from.id(),
            from.state(),
            act.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
            needed(act)));
  }

  private static String needed(Act act) {
    switch (act) {
      case ACCEPT:
        return "OPEN or PROPOSED";
      case WRITE_OFF:
        return "OPEN";
      case REOPEN:
        return "ACCEPTED, WRITTEN_OFF or LINKED";
      default:
        return "PROPOSED";
    }
  }

  private static Step propose(Person person, Break from) {
    if (from.state() == State.PROPOSED && person.name().equals(from.proposedBy())) {
      return null;
    }
    if (from.state() != State.OPEN) {
      throw conflict(from, Act.WRITE_OFF);
    }
    return new Step(State.PROPOSED, person.name());
  }

  private Step approve(Person person, Break from) {
    if (from.state() == State.WRITTEN_OFF) {
      return null;
    }
    if (from.state() != State.PROPOSED) {
      throw conflict(from, Act.APPROVE);
    }
    if (person.name().equals(from.proposedBy())) {
      throw new Declined(
          Kind.FORBIDDEN,
          Wording.of(
              "差异 %d 的核销由 %s 提出，须由另一个人批准（双人复核）",
              "break %d was proposed by %s; another person has to approve it",
              from.id(),
              from.proposedBy()));
    }
    Money limit =
        reconciliations
            .find(from.reconciliation())
            .map(loaded -> loaded.care().writeOff())
            .orElse(null);
    if (!within(from.gap(), limit)) {
      person.needs(OWNER, writeOff(from, limit));
    }
    return new Step(State.WRITTEN_OFF, from.proposedBy());
  }

  private static Wording writeOff(Break from, Money limit) {
    String gap = from.gap() == null ? String.valueOf(from.pieces()) : from.gap().toString();
    return limit == null
        ? Wording.of(
            "核销 %s（文件未给其他人额度）",
            "A write-off of %s, for which the file gives nobody else a limit,", gap)
        : Wording.of("核销 %s（超过 %s）", "A write-off of %s, above %s,", gap, limit);
  }

  private static boolean within(Money gap, Money limit) {
    return gap != null
        && limit != null
        && gap.currency().equals(limit.currency())
        && Math.abs(gap.minor()) <= limit.minor();
  }
}
