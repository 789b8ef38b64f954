package io.orderbridge.alert;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.FindingChange;
import io.orderbridge.finding.FindingChange.How;
import io.orderbridge.finding.FindingListener;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts follow findings: one per episode, however often a check looks, and one more when a warning
 * became a breach. What is well again is not escalated any more, and told by policy.
 */
@Singleton
public class FindingAlerts implements FindingListener {
  private final Alerts alerts;
  private final Policies policies;

  public FindingAlerts(Alerts alerts, Policies policies) {
    this.alerts = alerts;
    this.policies = policies;
  }

  @Override
  public void followed(Connection connection, List<FindingChange> changes, Instant now)
      throws SQLException {
    Policy policy = policies.inForce();
    List<AlertLog.Entry> entries = new ArrayList<>();
    List<String> well = new ArrayList<>();
    for (FindingChange change : changes) {
      Policy.Decision decision = policy.of(change.finding());
      if (change.how() != How.CLEARED) {
        if (tells(change)) {
          entries.add(alerts.entry(alert(change, decision), false, decision));
        }
      } else {
        for (Level level : Level.values()) {
          well.add(key(change, level));
        }
        if (decision.allClear()) {
          entries.add(alerts.entry(allClear(change, decision), true, decision));
        }
      }
    }
    alerts.raise(connection, entries, now);
    if (!well.isEmpty()) {
      AlertLog.clear(connection, well, now);
    }
  }

  // What got better, or has another amount, was told already.
  private static boolean tells(FindingChange change) {
    return change.how() != How.CHANGED || change.finding().level() == Level.BREACH;
  }

  private static String key(FindingChange change, Level level) {
    return "finding:%d:%d:%s".formatted(change.id(), change.episode(), level);
  }

  private static String key(FindingChange change) {
    return key(change, change.finding().level());
  }

  private static Alert alert(FindingChange change, Policy.Decision decision) {
    return alert(change.finding(), decision, key(change), change.finding().text());
  }

  private static Alert allClear(FindingChange change, Policy.Decision decision) {
    Wording was = change.finding().text();
    Wording well = Wording.of("已恢复：%s", "Well again: %s", was.zh(), was.en());
    return alert(change.finding(), decision, key(change) + ":cleared", well);
  }

  private static Alert alert(Finding finding, Policy.Decision decision, String key, Wording text) {
    return new Alert(
        key,
        decision.cause(),
        finding.level(),
        finding.subject(),
        decision.owner(),
        text,
        1,
        finding.amount(),
        "");
  }
}
