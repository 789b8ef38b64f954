package io.orderbridge.repair;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderLook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * From which status an order may be brought into which by hand. What goes another way may be right
 * all the same, and is done when somebody says so with {@code override}.
 */
final class Transitions {
  private static final Map<String, Set<String>> FROM =
      Map.of(
          "CREATED", Set.of("UNKNOWN"),
          "PAID", Set.of("CREATED"),
          "ACCEPTED", Set.of("PAID"),
          "PACKED", Set.of("PAID", "ACCEPTED"),
          "PARTIALLY_SHIPPED", Set.of("PAID", "ACCEPTED", "PACKED"),
          "SHIPPED", Set.of("PAID", "ACCEPTED", "PACKED", "PARTIALLY_SHIPPED"),
          "IN_TRANSIT", Set.of("SHIPPED", "PARTIALLY_SHIPPED"),
          "DELIVERED", Set.of("SHIPPED", "IN_TRANSIT", "PARTIALLY_SHIPPED"),
          "COMPLETED", Set.of("DELIVERED"),
          // What has left the warehouse is not cancelled but intercepted or returned.
          "CANCELLED", Set.of("CREATED", "PAID", "ACCEPTED", "PACKED"));

  // What ends an order is not reached in passing.
  private static final Set<Milestone> ENDS = Set.of(Milestone.COMPLETED, Milestone.CANCELLED);
  private static final Set<String> CLOSED = Set.of("UNKNOWN", "COMPLETED", "CANCELLED");

  private Transitions() {}

  /** Why the status must not follow; none when it may. */
  static Why refusal(String from, String to) {
    Set<String> allowed = FROM.getOrDefault(to, Set.of());
    return allowed.contains(from)
        ? Why.NONE
        : Why.of(
            "不能从 %2$s 改为 %1$s，只能从 %3$s 改",
            "%s does not follow %s; it follows %s",
            to,
            from,
            String.join(", ", new TreeSet<>(allowed)));
  }

  /** Why the milestone must not be reached, when the status would then be {@code to}. */
  static Why refusal(String from, String to, Milestone milestone) {
    boolean fillsGap = from.equals(to) && !CLOSED.contains(from) && !ENDS.contains(milestone);
    if (fillsGap) {
      return Why.NONE;
    }
    if (from.equals(to)) {
      return Why.of("状态 %2$s 下不会到达 %1$s", "%s is not reached in status %s", milestone, from);
    }
    return refusal(from, to);
  }

  /** Why the milestone must not be taken back; none when nothing was built on it. */
  static Why takingBack(OrderLook order, Milestone milestone) {
    List<Milestone> later =
        order.reached().stream().filter(reached -> reached.compareTo(milestone) > 0).toList();
    return later.isEmpty()
        ? Why.NONE
        : Why.of(
            "要先撤回 %2$s，才能撤回 %1$s",
            "%s is not taken back before %s", milestone, later.get(later.size() - 1));
  }
}
