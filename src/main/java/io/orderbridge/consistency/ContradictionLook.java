package io.orderbridge.consistency;

import io.orderbridge.consistency.ContradictionRulesInForce.Versioned;
import io.orderbridge.consistency.OrderWatch.Before;
import io.orderbridge.consistency.OrderWatch.Watched;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderReading;
import io.orderbridge.order.OrderReadings;
import io.orderbridge.work.Unanswered;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at some orders under the rules in force and settles what is found of them, in the caller's
 * transaction: some statements for all of them, and a few more for those that contradict something.
 */
@Singleton
class ContradictionLook {
  static final String SCOPE = "contradictions";
  // A debt of the very change that is looked at is on its way.
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final OrderReadings readings;
  private final ShownStates states;
  private final OrderWatch watch;
  private final Unanswered unanswered;
  private final Findings findings;

  ContradictionLook(
      OrderReadings readings,
      ShownStates states,
      OrderWatch watch,
      Unanswered unanswered,
      Findings findings) {
    this.readings = readings;
    this.states = states;
    this.watch = watch;
    this.unanswered = unanswered;
    this.findings = findings;
  }

  /** An order, and which rules hold of it. */
  private record Looked(Scene scene, List<Contradiction> holding) {
    List<Contradiction> found() {
      return holding.stream().filter(Contradiction::found).toList();
    }

    String subject() {
      return scene.order().key().toString();
    }
  }

  /**
   * @param everyone whether findings of orders are cleared of which nothing was remembered, too
   */
  void at(
      Connection connection, TreeSet<Long> orders, Versioned rules, boolean everyone, Instant now)
      throws SQLException {
    if (orders.isEmpty()) {
      return;
    }
    // First: what makes one of them due from here on waits for us, and is not overwritten.
    Map<Long, Before> before = watch.load(connection, orders);
    List<OrderReading> read = readings.read(connection, orders);
    Map<String, List<ShownState>> shown = states.of(connection, read);
    List<Looked> looked = new ArrayList<>();
    List<Watched> watched = new ArrayList<>();
    List<String> subjects = new ArrayList<>();
    for (OrderReading order : read) {
      Before was = before.get(order.id());
      Scene scene = new Scene(order, shown.getOrDefault(order.key().toString(), List.of()));
      Looked one =
          new Looked(
              scene,
              Contradiction.evaluate(
                  rules.rules().rules(),
                  scene,
                  was == null ? Map.of() : was.watched().held(),
                  now));
      boolean found = !one.found().isEmpty();
      watched.add(watched(order.id(), one.holding(), found));
      if (found) {
        looked.add(one);
      }
      if (found || everyone || was != null && was.watched().found()) {
        subjects.add(one.subject());
      }
    }
    watch.save(connection, watched, before);
    settle(connection, looked, subjects, rules, now);
  }

  private static Watched watched(long order, List<Contradiction> holding, boolean found) {
    Instant due = null;
    Map<String, Instant> held = new TreeMap<>();
    for (Contradiction one : holding) {
      held.put(one.rule().id(), one.since());
      Instant next = one.dueAt();
      due = due == null || next != null && next.isBefore(due) ? next : due;
    }
    return new Watched(order, due, held, found);
  }

  // Temporary tables are not free: nothing is settled while nothing is found or was.
  private void settle(
      Connection connection,
      List<Looked> looked,
      List<String> subjects,
      Versioned rules,
      Instant now)
      throws SQLException {
    if (subjects.isEmpty()) {
      return;
    }
    Findings.add(connection, found(connection, looked, rules.rules().byHand(), now));
    findings.settle(connection, SCOPE, subjects, now);
  }

  private List<Finding> found(
      Connection connection, List<Looked> looked, List<String> byHand, Instant now)
      throws SQLException {
    if (looked.isEmpty()) {
      return List.of();
    }
    Map<Looked, Map<Contradiction, List<Value>>> told = new HashMap<>();
    Set<String> systems = new TreeSet<>();
    for (Looked one : looked) {
      Map<Contradiction, List<Value>> values = new HashMap<>();
      for (Contradiction contradiction : one.found()) {
        values.put(contradiction, contradiction.values(one.scene()));
        systems.addAll(systems(values.get(contradiction)));
      }
      told.put(one, values);
    }
    Map<Long, List<OrderReadings.Said>> history =
        readings.history(connection, looked.stream().map(one -> one.scene().order().id()).toList());
    Map<OrderKey, List<Unanswered.Item>> waiting = waiting(connection, looked, systems, now);
    List<Finding> found = new ArrayList<>();
    for (Looked one : looked) {
      OrderReading order = one.scene().order();
      CauseFinder causes =
          new CauseFinder(
              byHand,
              history.getOrDefault(order.id(), List.of()),
              waiting.getOrDefault(order.key(), List.of()));
      told.get(one)
          .forEach(
              (contradiction, values) -> found.add(finding(one, contradiction, values, causes)));
    }
    return found;
  }

  private Map<OrderKey, List<Unanswered.Item>> waiting(
      Connection connection, List<Looked> looked, Set<String> systems, Instant now)
      throws SQLException {
    List<String> queues = new ArrayList<>();
    systems.forEach(system -> queues.addAll(List.of("inbox:" + system, "outbox:" + system)));
    return unanswered.of(
        connection,
        looked.stream().map(one -> one.scene().order().key()).toList(),
        queues,
        now.minus(ON_ITS_WAY));
  }

  private static Set<String> systems(List<Value> values) {
    Set<String> systems = new HashSet<>();
    values.forEach(value -> systems.addAll(List.of(value.system().split(","))));
    return systems;
  }

  private static Finding finding(
      Looked one, Contradiction contradiction, List<Value> values, CauseFinder causes) {
    CauseFinder.Why why = causes.of(values, systems(values), contradiction.since());
    return ContradictionText.finding(
        one.scene().order(), contradiction, values, why, value -> causes.first(value).orElse(null));
  }
}
