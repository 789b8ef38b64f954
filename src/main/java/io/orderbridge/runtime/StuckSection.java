package io.orderbridge.runtime;

import io.orderbridge.consistency.StuckLimits;
import io.orderbridge.mapping.NearNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code mappings/rules/stuck.yaml}. */
final class StuckSection {
  private static final String NONE = "none";
  // Scanned every minute: a shorter limit would be passed before it is seen.
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  private StuckSection() {}

  static StuckLimits read(Section root) {
    root.allow("limits", "shops");
    Map<String, Duration> byStatus = new TreeMap<>();
    Map<String, Map<String, Optional<Duration>>> byShop = new TreeMap<>();
    root.section("limits")
        .ifPresent(
            limits ->
                limits(limits)
                    .forEach(
                        (status, limit) -> limit.ifPresent(given -> byStatus.put(status, given))));
    root.section("shops")
        .ifPresent(
            shops ->
                shops.each(
                    (shop, holder) ->
                        holder.section(shop).ifPresent(one -> byShop.put(shop, limits(one)))));
    return new StuckLimits(byStatus, byShop);
  }

  private static Map<String, Optional<Duration>> limits(Section section) {
    Map<String, Optional<Duration>> limits = new TreeMap<>();
    List<String> possible = StuckLimits.possible();
    section.each(
        (status, holder) -> {
          if (possible.contains(status)) {
            limits.put(status, holder.value(status, Optional.empty(), StuckSection::limit));
          } else {
            holder.wrong(
                status,
                "'%s' is no status that an order can be stuck in, expected one of %s"
                    .formatted(status, NearNames.of(status, possible)));
          }
        });
    return limits;
  }

  private static Optional<Duration> limit(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    Duration limit = Notation.duration(text);
    if (limit.compareTo(SHORTEST) < 0) {
      throw Notation.expected(text, "at least 5m, or none");
    }
    return Optional.of(limit);
  }
}
