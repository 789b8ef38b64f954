package io.orderbridge.outbox;

import io.orderbridge.kernel.Cause;
import io.orderbridge.order.OrderTrace.Happened;
import io.orderbridge.outbox.Delivery.State;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.WorkTrace.Buried;
import io.orderbridge.work.WorkTrace.Tried;
import io.orderbridge.work.WorkTrace.Waits;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the queues, the attempts and the dead letters say of each debt. */
final class DebtsFound {
  private static final String QUEUE = "outbox:";

  private final Map<Long, Happened> events;
  private final Map<Debt, Found> debts = new LinkedHashMap<>();

  private record Debt(String queue, long event) {}

  private static final class Found {
    int tries;
    Tried last;
    Waits waits;
    DeadLetter letter;
  }

  DebtsFound(Map<Long, Happened> events) {
    this.events = events;
  }

  /** An attempt; they come the oldest first. */
  void add(Tried tried) {
    Found found = found(tried.queue(), tried.ref());
    found.tries++;
    found.last = tried;
  }

  void add(Waits waits) {
    found(waits.queue(), waits.ref()).waits = waits;
  }

  /** A letter; of several of one debt the newest counts, older ones were replayed. */
  void add(Buried buried) {
    Found found = found(buried.letter().queue(), buried.ref());
    if (found.letter == null || found.letter.id() < buried.letter().id()) {
      found.letter = buried.letter();
    }
  }

  private Found found(String queue, long event) {
    return debts.computeIfAbsent(new Debt(queue, event), debt -> new Found());
  }

  List<Delivery> deliveries() {
    return debts.entrySet().stream()
        .map(debt -> delivery(debt.getKey(), debt.getValue()))
        .sorted(
            Comparator.comparing(Delivery::owedAt)
                .thenComparing(Delivery::event)
                .thenComparing(Delivery::target))
        .toList();
  }

  private Delivery delivery(Debt debt, Found found) {
    Happened event = events.get(debt.event());
    State state = state(found);
    boolean failed = found.last != null && !found.last.outcome().equals("DONE");
    boolean dead = state == State.DEAD;
    return new Delivery(
        debt.queue().substring(QUEUE.length()),
        debt.event(),
        event == null ? "" : event.type(),
        owedAt(event, found),
        state,
        found.tries,
        found.last == null ? null : found.last.at(),
        state == State.WAITING ? found.waits.dueAt() : null,
        dead ? found.letter.cause() : failed ? cause(found.last.cause()) : null,
        found.last == null ? null : found.last.status(),
        dead ? found.letter.message() : failed ? found.last.why() : "",
        found.letter == null ? null : found.letter.id());
  }

  private static Cause cause(String name) {
    return name == null ? null : Cause.valueOf(name);
  }

  // What waits decides: a letter that was replayed waits again.
  private static State state(Found found) {
    if (found.waits != null) {
      return State.WAITING;
    }
    if (found.letter != null && found.letter.state().equals("OPEN")) {
      return State.DEAD;
    }
    boolean done = found.last != null && found.last.outcome().equals("DONE");
    return done ? State.DELIVERED : State.SETTLED;
  }

  private static Instant owedAt(Happened event, Found found) {
    if (event != null) {
      return event.at();
    }
    return found.letter != null
        ? found.letter.since()
        : found.waits != null ? found.waits.since() : found.last.at();
  }
}
