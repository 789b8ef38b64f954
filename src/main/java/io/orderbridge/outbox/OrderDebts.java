package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Debts;
import io.orderbridge.order.OrderEvent;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One debt per event and target that wants it. */
@Singleton
class OrderDebts implements Debts {
  private final Targets targets;
  private final WorkQueue queue;
  private final Deadlines deadlines;

  OrderDebts(Targets targets, WorkQueue queue, Deadlines deadlines) {
    this.targets = targets;
    this.queue = queue;
    this.deadlines = deadlines;
  }

  @Override
  public void owe(Connection connection, List<OrderEvent> events) throws SQLException {
    List<Draft> debts = new ArrayList<>();
    for (OrderEvent event : events) {
      for (Target target : targets.all()) {
        if (owes(event, target)) {
          debts.add(debt(event, target, event.id()));
        }
      }
    }
    queue.put(connection, debts);
    deadlines.follow(connection, events, targets.all());
  }

  /** Whether the target is owed the event. */
  static boolean owes(OrderEvent event, Target target) {
    return target.wants(event.type())
        && target.sells(event.order().shop())
        && reached(event, target.needs());
  }

  private static boolean reached(OrderEvent event, Set<Milestone> needs) {
    return needs.isEmpty()
        || event.cloudEvent().get("data") instanceof Map<?, ?> data
            && needs.stream().allMatch(need -> reached(data, need));
  }

  // What parcels reach, the order has reached when every parcel has.
  private static boolean reached(Map<?, ?> data, Milestone need) {
    if (!need.perParcel()) {
      return shows(data, need);
    }
    return data.get("parcels") instanceof List<?> parcels
        && !parcels.isEmpty()
        && parcels.stream().allMatch(one -> one instanceof Map<?, ?> parcel && shows(parcel, need));
  }

  private static boolean shows(Map<?, ?> holder, Milestone milestone) {
    return holder.get("milestones") instanceof Map<?, ?> milestones
        && milestones.containsKey(milestone.name());
  }

  /**
   * @param id makes the idempotency key: the event's own, or another to have it delivered again
   */
  static Draft debt(OrderEvent event, Target target, String id) {
    return new Draft(
        queueName(target.name()),
        lane(event.order(), event.cloudEvent(), target.orderBy()),
        event.seq(),
        event.at(),
        event.order().toString(),
        id + ":" + target.name(),
        null);
  }

  // An event without the value it is ordered by keeps at least the order of its own order.
  static String lane(OrderKey order, Map<String, Object> cloudEvent, JsonPointer orderBy) {
    Object value = cloudEvent;
    for (JsonPointer at = orderBy; at != null && !at.matches(); at = at.tail()) {
      value = value instanceof Map<?, ?> map ? map.get(at.getMatchingProperty()) : null;
    }
    boolean scalar = value instanceof String || value instanceof Number;
    return orderBy != null && scalar ? "=" + value : order.toString();
  }

  static String queueName(String target) {
    return "outbox:" + target;
  }
}
