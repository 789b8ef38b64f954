package io.orderbridge.consistency;

import io.orderbridge.Heart;
import io.orderbridge.finding.FindingListener;
import io.orderbridge.finding.Findings;
import io.orderbridge.order.ChangedOrders;
import io.orderbridge.order.OrderReading;
import io.orderbridge.order.OrderReadings;
import io.orderbridge.work.Unanswered;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The round of contradictions of one process, and its pure part for tests of other packages. */
public final class Looking {
  final ContradictionRulesInForce rules = new ContradictionRulesInForce();
  final ContradictionRound round;
  final Findings findings;

  Looking(Heart heart, ContradictionRules shipped, FindingListener... listeners) {
    this.findings = new Findings(heart.database, List.of(listeners));
    this.rules.replace(shipped);
    OrderReadings readings = new OrderReadings(heart.ownership);
    OrderWatch watch = new OrderWatch();
    this.round =
        new ContradictionRound(
            heart.database,
            new ContradictionRound.From(new ChangedOrders(), readings),
            watch,
            new ContradictionLook(readings, new ShownStates(), watch, new Unanswered(), findings),
            rules);
  }

  void at(Instant now) {
    round.run(now);
  }

  /** Open findings, as {@code CODE subject}. */
  List<String> open() {
    return findings.list(new Findings.Filter(null, null, null, "OPEN", null), 10_000).stream()
        .map(stored -> stored.finding().code() + " " + stored.finding().subject())
        .sorted()
        .toList();
  }

  /** What an order contradicts, as {@code CODE since}. */
  public static List<String> found(OrderReading order, ContradictionRules rules, Instant now) {
    return Contradiction.evaluate(rules.rules(), new Scene(order, List.of()), Map.of(), now)
        .stream()
        .filter(Contradiction::found)
        .map(one -> one.rule().id() + " " + one.since() + one.values(new Scene(order, List.of())))
        .toList();
  }
}
