package io.orderbridge.consistency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long an order may be in a status, from {@code mappings/rules/stuck.yaml}.
 *
 * @param byStatus for all shops; a status that is missing has no limit
 * @param byShop for single shops instead; empty: the shop has no limit for this status
 */
public record StuckLimits(
    Map<String, Duration> byStatus, Map<String, Map<String, Optional<Duration>>> byShop) {
  /** Without the file nothing is stuck. */
  public static final StuckLimits NONE = new StuckLimits(Map.of(), Map.of());

  // Four fifths of a limit: so near that somebody can still do something.
  private static final int WARN_NUMERATOR = 4;
  private static final int WARN_DENOMINATOR = 5;

  public StuckLimits {
    byStatus = new TreeMap<>(byStatus);
    byShop = new TreeMap<>(byShop);
  }

  /** The statuses that may have a limit: all in which something is still to come. */
  public static List<String> possible() {
    return StuckStep.statuses();
  }

  /** When an order of this limit is warned of. */
  static Duration warn(Duration limit) {
    return limit.multipliedBy(WARN_NUMERATOR).dividedBy(WARN_DENOMINATOR);
  }

  /** Every status for which some shop has a limit. */
  TreeSet<String> statuses() {
    TreeSet<String> statuses = new TreeSet<>(byStatus.keySet());
    byShop.values().forEach(limits -> statuses.addAll(limits.keySet()));
    return statuses;
  }

  /** What single shops have instead for a status; null stands for no limit. */
  Map<String, Duration> shops(String status) {
    Map<String, Duration> shops = new TreeMap<>();
    byShop.forEach(
        (shop, limits) -> {
          Optional<Duration> limit = limits.get(status);
          if (limit != null) {
            shops.put(shop, limit.orElse(null));
          }
        });
    return shops;
  }

  /** The shortest limit of a status over all shops; empty when none has one. */
  Optional<Duration> shortest(String status) {
    Optional<Duration> shortest = Optional.ofNullable(byStatus.get(status));
    for (Duration limit : shops(status).values()) {
      if (limit != null && (shortest.isEmpty() || limit.compareTo(shortest.get()) < 0)) {
        shortest = Optional.of(limit);
      }
    }
    return shortest;
  }
}
