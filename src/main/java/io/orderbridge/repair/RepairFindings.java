package io.orderbridge.repair;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which repaired orders are not as they should be, and that they are again. */
@Singleton
class RepairFindings {
  private static final String NOT_APPLIED = "NOT_APPLIED";
  private static final String NOT_ARRIVED = "NOT_ARRIVED";

  private final Findings findings;

  RepairFindings(Findings findings) {
    this.findings = findings;
  }

  /** The order could not be changed; it will be tried again, or not. */
  void notApplied(Connection connection, Task task, boolean again, Why why, Instant now)
      throws SQLException {
    Wording text =
        again
            ? Wording.of(
                "补单 %1$s 还没有完成：%2$s。系统会继续重试；请排除原因，或停止该补单。",
                "Repair %1$s is not done yet: %3$s. It is tried again; mend the cause, or stop it.",
                task.repair().id(),
                why.zh(),
                why.en())
            : Wording.of(
                "补单 %1$s 没有完成：%2$s。订单未改动；请排除原因后重新提出。",
                "Repair %1$s was not done: %3$s. The order was not changed; mend it, propose it"
                    + " again.",
                task.repair().id(),
                why.zh(),
                why.en());
    Level level = again ? Level.WARNING : Level.BREACH;
    settle(connection, task, List.of(finding(task, NOT_APPLIED, "", level, why, text)), now);
  }

  /** How the targets came out: opens what failed, clears what is good. */
  void looked(Connection connection, Task task, List<Shown> targets, Instant now)
      throws SQLException {
    List<Finding> found = new ArrayList<>();
    for (Shown target : targets) {
      if (target.state() == Shown.State.FAILED) {
        Wording text =
            Wording.of(
                "补单 %1$s 已改动订单，但 %2$s 没有确认：%3$s。请在目标系统或死信中处理，再重新读回。",
                "Repair %1$s changed the order, but %2$s does not confirm it: %4$s. Mend it there"
                    + " or in the dead letters, then read back again.",
                task.repair().id(),
                target.target(),
                target.why().wording().zh(),
                target.why().en());
        found.add(finding(task, NOT_ARRIVED, target.target(), Level.BREACH, target.why(), text));
      }
    }
    settle(connection, task, found, now);
  }

  private static Finding finding(
      Task task, String code, String target, Level level, Why why, Wording text) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("repair", task.repair().id());
    evidence.put("item", task.item());
    evidence.put("action", task.repair().wish().action());
    if (!target.isEmpty()) {
      evidence.put("target", target);
    }
    evidence.put("why", why.en());
    String item = target.isEmpty() ? task.key() : task.key() + ":" + target;
    return new Finding(
        Finding.Kind.REPAIR, code, task.order().toString(), item, level, null, "", evidence, text);
  }

  private void settle(Connection connection, Task task, List<Finding> found, Instant now)
      throws SQLException {
    Findings.add(connection, found);
    List<String> subjects = List.of(task.order().toString());
    findings.settle(connection, "repair:" + task.repair().id(), subjects, now);
  }
}
