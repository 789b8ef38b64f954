package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Events;
import io.orderbridge.order.OrderEvent;
import io.orderbridge.order.OrderLook;
import io.orderbridge.order.OrderLooks;
import io.orderbridge.outbox.Redelivery;
import io.orderbridge.outbox.Redelivery.Again;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Owes targets once more the newest they are owed of an order, behind what waits for the order and
 * under a new idempotency key, so that a target that lost it does it again.
 */
@Singleton
class ResendAction implements Action {
  static final String NAME = "resend";

  private static final String TARGETS = "targets";
  // It only writes into our own database.
  private static final int BATCH = 50;
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final OrderLooks looks;
  private final Redelivery redelivery;
  private final DebtReading reading;

  ResendAction(OrderLooks looks, Redelivery redelivery, DebtReading reading) {
    this.looks = looks;
    this.redelivery = redelivery;
    this.reading = reading;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String act() {
    return "order.resent";
  }

  @Override
  public Set<String> options() {
    return Set.of(TARGETS);
  }

  @Override
  public Set<String> fields() {
    return Set.of("reason");
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Duration lease() {
    return LEASE;
  }

  @Override
  public void check(Wish wish) {
    Set<String> known = redelivery.targets();
    Set<String> wanted = wanted(wish);
    if (wanted.isEmpty() || !known.containsAll(wanted)) {
      throw new IllegalArgumentException(
          "'targets' is '%s', expected some of %s, with commas"
              .formatted(wish.options().getOrDefault(TARGETS, ""), String.join(", ", known)));
    }
  }

  private static Set<String> wanted(Wish wish) {
    Set<String> wanted = new TreeSet<>();
    Arrays.stream(wish.options().getOrDefault(TARGETS, "").split(","))
        .map(String::strip)
        .filter(target -> !target.isEmpty())
        .forEach(wanted::add);
    return wanted;
  }

  @Override
  public String wrong(Wish wish, Line line) {
    return "";
  }

  @Override
  public List<Effect> foresee(Connection connection, Wish wish, List<Line> lines, Instant now)
      throws SQLException {
    List<OrderKey> keys = lines.stream().map(Line::order).toList();
    Map<OrderKey, OrderLook> orders = looks.look(connection, keys);
    Map<OrderKey, List<OrderEvent>> events = Events.newest(connection, keys);
    List<Effect> effects = new ArrayList<>();
    for (Line line : lines) {
      OrderLook order = orders.get(line.order());
      effects.add(
          order == null
              ? Effect.refused("", Effect.UNNAMED)
              : effect(order.status(), again("", wish, events.get(line.order())), wish));
    }
    return effects;
  }

  private static Effect effect(String status, List<Again> again, Wish wish) {
    Set<String> missing = wanted(wish);
    Map<String, List<String>> owed = new LinkedHashMap<>();
    for (Again one : again) {
      missing.remove(one.target());
      owed.computeIfAbsent(one.event().type(), type -> new ArrayList<>()).add(one.target());
    }
    if (!missing.isEmpty()) {
      return Effect.refused(
          status,
          Why.of("没有应发给 %s 的事件，或时间太久", "nothing of it is owed to %s, or too long ago", missing));
    }
    List<Effect.Owed> events = new ArrayList<>();
    owed.forEach((type, targets) -> events.add(new Effect.Owed(type, targets)));
    Map<String, Object> work = Map.of(TARGETS, List.copyOf(wanted(wish)));
    return new Effect(
        status, status, events, work, null, null, Why.NONE, Effect.How.CHANGE, Why.NONE);
  }

  // For each target the newest event that it is owed.
  private List<Again> again(String key, Wish wish, List<OrderEvent> newest) {
    List<Again> again = new ArrayList<>();
    Set<String> wanted = wanted(wish);
    for (OrderEvent event : newest == null ? List.<OrderEvent>of() : newest) {
      for (String target : redelivery.targets(event)) {
        if (wanted.remove(target)) {
          again.add(new Again(target, event, key));
        }
      }
    }
    return again;
  }

  // Nothing is done outside of the marking: it is owed if and only if it is marked.
  @Override
  public Marking apply(Task task) {
    return connection -> owed(connection, task);
  }

  private Marked owed(Connection connection, Task task) throws SQLException {
    List<OrderKey> key = List.of(task.order());
    List<OrderEvent> newest = Events.newest(connection, key).get(task.order());
    List<Again> again = again(task.key(), task.repair().wish(), newest);
    List<String> targets = redelivery.owe(connection, again);
    List<Shown> shown = new ArrayList<>();
    for (Again one : again) {
      shown.add(
          targets.contains(one.target())
              ? Shown.open(one.target(), List.of("" + one.event().seq()))
              : Shown.gone(one.target()));
    }
    return new Marked(looks.look(connection, key).get(task.order()).status(), shown);
  }

  @Override
  public List<Shown> readBack(Task task, List<Shown> before, Instant now) {
    return reading.look(task, before, now);
  }
}
