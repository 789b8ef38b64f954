package io.orderbridge.call;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The calls of all connections, replaced while messages flow. Thread-safe. */
@Singleton
public class Calls {
  private final Map<String, LiveCall> byId = new ConcurrentHashMap<>();

  /**
   * Sets the calls of a connection; an empty list when it has none any more. What is under way ends
   * as it began. A pause that a partner asked for is forgotten with an edit of its file.
   */
  public void replace(String connection, List<CallSpec> specs) {
    Map<String, CallSpec> wanted =
        specs.stream().collect(Collectors.toMap(CallSpec::id, spec -> spec));
    byId.keySet().removeIf(id -> id.startsWith(connection + "/") && !wanted.containsKey(id));
    wanted.forEach(
        (id, spec) ->
            byId.compute(
                id,
                (same, old) -> old != null && old.spec().equals(spec) ? old : new LiveCall(spec)));
  }

  /** The connections of which this process leaves a call alone because it failed too often. */
  public Set<String> away() {
    Set<String> away = new TreeSet<>();
    byId.forEach(
        (id, call) -> {
          if (call.gate().isAway()) {
            away.add(id.substring(0, id.indexOf('/')));
          }
        });
    return away;
  }

  /** The call {@code <connection>/<name>}, if its connection file has it. */
  Optional<LiveCall> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
