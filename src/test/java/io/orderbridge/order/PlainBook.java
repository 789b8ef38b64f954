package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The order book without a store, for tests of what others give to it. */
public final class PlainBook {
  private final Map<OrderKey, OrderState> states = new HashMap<>();
  private final Ownership ownership = new Ownership();

  public PlainBook owns(String system, Set<Milestone> milestones) {
    ownership.replace(system, milestones);
    return this;
  }

  /** Takes the result of a mapping; throws what the order book would refuse. */
  public void record(String system, Object mapped, Instant now) {
    for (Facts facts : new FactsReader(now).read(mapped)) {
      OrderState state = states.computeIfAbsent(facts.order(), key -> OrderState.empty());
      String receiver = facts.receiver() == null ? null : Json.text(facts.receiver());
      Fold.merge(state, facts, system, receiver);
    }
  }

  /** What {@code GET /api/orders} shows, or null. */
  public Map<String, Object> view(OrderKey key) {
    OrderState state = states.get(key);
    return state == null ? null : new OrderView(state, ownership).data(key);
  }
}
