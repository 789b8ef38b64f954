package io.orderbridge.consistency;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pairs that are compared, replaced while they are. Thread-safe. */
@Singleton
public class Comparisons {
  private volatile Map<String, ComparisonPair> bySystem = Map.of();

  /** Sets all pairs. */
  public void replace(List<ComparisonPair> pairs) {
    Map<String, ComparisonPair> sorted = new TreeMap<>();
    pairs.forEach(pair -> sorted.put(pair.system(), pair));
    bySystem = sorted;
  }

  /** By name of the system. */
  List<ComparisonPair> all() {
    return List.copyOf(bySystem.values());
  }

  Optional<ComparisonPair> find(String system) {
    return Optional.ofNullable(bySystem.get(system));
  }
}
