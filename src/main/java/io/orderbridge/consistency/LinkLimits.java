package io.orderbridge.consistency;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a link may be without success, from {@code mappings/rules/links.yaml}.
 *
 * @param debt how old a target's oldest debt may be
 * @param targets for single targets instead
 */
public record LinkLimits(Duration debt, Map<String, Duration> targets) {
  /** Without the file: a target that is restarted comes back within half an hour. */
  public static final LinkLimits DEFAULT = new LinkLimits(Duration.ofMinutes(30), Map.of());

  public LinkLimits {
    targets = new TreeMap<>(targets);
  }

  Duration oldestDebt(String target) {
    return targets.getOrDefault(target, debt);
  }
}
