package io.orderbridge.sandbox;

import java.util.Map;
import java.util.TreeMap;

/** How often each fault of a counterpart still happens. Thread-safe. */
final class Faults {
  private final Map<String, Integer> left = new TreeMap<>();

  /** From now on each of these happens so often; zero ends it. */
  synchronized void set(Map<String, Integer> times) {
    left.putAll(times);
    left.values().removeIf(count -> count <= 0);
  }

  synchronized Map<String, Integer> left() {
    return new TreeMap<>(left);
  }

  /** Whether the fault happens now; then it happens once less. */
  synchronized boolean strikes(String name) {
    int before = left.getOrDefault(name, 0);
    if (before == 1) {
      left.remove(name);
    } else if (before > 1) {
      left.put(name, before - 1);
    }
    return before > 0;
  }
}
