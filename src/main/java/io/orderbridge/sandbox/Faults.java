package io.orderbridge.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often each fault of a counterpart still happens. {@code busy@ship} happens only when it is
 * asked to ship, {@code busy} whatever is asked. Thread-safe.
 */
final class Faults {
  /** Those that change what the counterpart does; any other name is a word that it answers with. */
  private static final Set<String> DEEDS =
      Set.of(
          "down",
          "garbage",
          "shift",
          "late-row",
          "late-echo",
          "lost-answer",
          "expired-token",
          "wrong-hash",
          "bomb",
          "undelivered",
          "no-receipt",
          "forged-answer");

  private final Map<String, Integer> left = new TreeMap<>();

  /** From now on each of these happens so often; zero ends it. */
  synchronized void set(Map<String, Integer> times) {
    left.putAll(times);
    left.values().removeIf(count -> count <= 0);
  }

  synchronized Map<String, Integer> left() {
    return new TreeMap<>(left);
  }

  /** Whether the fault happens now that this is asked; then it happens once less. */
  synchronized boolean strikes(String name, String asked) {
    return once(name + "@" + asked) || once(name);
  }

  /** The word that is answered in the place of an answer, if one is on. */
  synchronized Optional<String> word(String asked) {
    for (String name : left.keySet()) {
      int at = name.indexOf('@');
      String word = at < 0 ? name : name.substring(0, at);
      if (!DEEDS.contains(word) && (at < 0 || name.substring(at + 1).equals(asked))) {
        once(name);
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private boolean once(String name) {
    int before = left.getOrDefault(name, 0);
    if (before > 1) {
      left.put(name, before - 1);
    } else {
      left.remove(name);
    }
    return before > 0;
  }
}
