package io.orderbridge.outbox;

import io.orderbridge.order.OrderEvent;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** To whom an event is owed, and owing it once more because a person wants it. */
@Singleton
public class Redelivery {
  private final Targets targets;
  private final WorkQueue queue;

  public Redelivery(Targets targets, WorkQueue queue) {
    this.targets = targets;
    this.queue = queue;
  }

  /**
   * An event to be delivered once more.
   *
   * @param id takes the place of the event's id in the idempotency key
   */
  public record Again(String target, OrderEvent event, String id) {}

  /** The targets that are owed the event, in alphabetical order, as its writing would owe it. */
  public List<String> targets(OrderEvent event) {
    return targets.all().stream()
        .filter(target -> OrderDebts.owes(event, target))
        .map(Target::name)
        .sorted()
        .toList();
  }

  /** All targets that are owed anything, in alphabetical order. */
  public Set<String> targets() {
    Set<String> names = new TreeSet<>();
    targets.all().forEach(target -> names.add(target.name()));
    return names;
  }

  /** The queue of what a target is owed. */
  public static String queue(String target) {
    return OrderDebts.queueName(target);
  }

  /**
   * Owes the events again, each in the lane of its order behind what waits there. Joins the
   * caller's transaction. A target that is gone meanwhile is left out.
   *
   * @return the targets that are owed
   */
  public List<String> owe(Connection connection, List<Again> wanted) throws SQLException {
    List<Draft> debts = new ArrayList<>();
    List<String> owed = new ArrayList<>();
    for (Again again : wanted) {
      targets
          .find(again.target())
          .ifPresent(
              target -> {
                debts.add(OrderDebts.debt(again.event(), target, again.id()));
                owed.add(target.name());
              });
    }
    queue.put(connection, debts);
    return owed;
  }
}
