package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which systems usually tell of which milestone in a shop, by its newest orders. */
public final class Usual {
  private final Map<Milestone, Set<String>> tellers = new EnumMap<>(Milestone.class);

  void count(OrderState state) {
    state
        .claims()
        .forEach(
            (scope, systems) ->
                tellers
                    .computeIfAbsent(OrderView.milestone(scope), m -> new TreeSet<>())
                    .addAll(systems.keySet()));
  }

  /** Those who told of any of these milestones, by name. */
  public Set<String> of(Collection<Milestone> milestones) {
    Set<String> systems = new TreeSet<>();
    milestones.forEach(milestone -> systems.addAll(tellers.getOrDefault(milestone, Set.of())));
    return systems;
  }
}
