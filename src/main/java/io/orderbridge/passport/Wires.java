package io.orderbridge.passport;

import io.orderbridge.call.TokenState;
import io.orderbridge.order.Usual;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Target;
import io.orderbridge.schedule.SourceStandings;
import java.util.List;
import java.util.Map;

/**
 * The connections around the order.
 *
 * @param deliveries what targets are and were owed, the oldest first
 * @param targets those in force, by name; also one whose file is refused, which rests
 * @param tokens of all connections that have one
 * @param sources of the connections that speak or should speak of the order
 * @param usual who tells of what in this shop
 */
record Wires(
    List<Delivery> deliveries,
    Map<String, Target> targets,
    List<TokenState> tokens,
    List<SourceStandings.Standing> sources,
    Usual usual) {

  /** Whether it is sent something at all: a target whose file is refused has no room in flight. */
  boolean inForce(String target) {
    Target known = targets.get(target);
    return known != null && known.limits().inFlight() > 0;
  }
}
