package io.orderbridge.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A target that honours idempotency keys: its ledger holds what really took effect. */
final class Receiver {
  private final Map<String, List<String>> effectsByLane = new LinkedHashMap<>();
  private final Map<String, Integer> requests = new LinkedHashMap<>();

  /** Does it, unless it did it before. */
  void receive(String lane, String key) {
    if (requests.merge(key, 1, Integer::sum) == 1) {
      effectsByLane.computeIfAbsent(lane, l -> new ArrayList<>()).add(key);
    }
  }

  /** What took effect, in order, by lane. */
  Map<String, List<String>> effects() {
    return effectsByLane;
  }

  int repeats() {
    return requests.values().stream().mapToInt(count -> count - 1).sum();
  }
}
