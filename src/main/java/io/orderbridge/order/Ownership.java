package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which connection's word decides on which milestone (R07). A milestone that nobody owns is reached
 * by anybody's word. Thread-safe; replaced while messages flow.
 */
@Singleton
public class Ownership {
  private volatile Map<String, Set<Milestone>> byConnection = Map.of();
  private volatile Map<Milestone, Set<String>> owners = Map.of();

  /** Sets what a connection owns; an empty set when it owns nothing or is gone. */
  public synchronized void replace(String connection, Set<Milestone> owns) {
    Map<String, Set<Milestone>> changed = new HashMap<>(byConnection);
    changed.put(connection, Set.copyOf(owns));
    Map<Milestone, Set<String>> inverted = new EnumMap<>(Milestone.class);
    changed.forEach(
        (name, milestones) ->
            milestones.forEach(
                milestone -> inverted.computeIfAbsent(milestone, m -> new TreeSet<>()).add(name)));
    byConnection = changed;
    owners = inverted;
  }

  /** The connections whose word decides, in alphabetical order; empty when anybody's does. */
  Set<String> owners(Milestone milestone) {
    return owners.getOrDefault(milestone, Set.of());
  }

  /** Whether this system's claim makes the milestone reached. */
  public boolean decides(String system, Milestone milestone) {
    Set<String> deciding = owners(milestone);
    return deciding.isEmpty() || deciding.contains(system);
  }

  @Override
  public String toString() {
    return owners.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", ", "Ownership[", "]"));
  }
}
