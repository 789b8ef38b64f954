package io.orderbridge.passport;

import io.orderbridge.consistency.StuckLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long an order may stay where it is before it counts as stuck.
 *
 * @param byStatus for its shop; a status that is missing has no limit
 */
record Limits(Map<String, Duration> byStatus) {
  // The label is printed with the packing, or soon after; the shop is told when the number is
  // there.
  static final Duration TRACKING = Duration.ofHours(2);
  // Platforms decide for the buyer after two to five days; half of that still leaves time to act.
  static final Duration REFUND = Duration.ofHours(48);

  /**
   * Without rules of the installation. Buyers who have not paid after three days do not pay; the
   * warehouse takes an order over within a shift and ships on the next day at the latest, because
   * platforms count 48 h from the payment as late; parcels within China take up to seven days.
   */
  static final Limits USUAL =
      new Limits(
          Map.of(
              "CREATED", Duration.ofDays(3),
              "PAID", Duration.ofHours(4),
              "ACCEPTED", Duration.ofHours(24),
              "PACKED", Duration.ofHours(12),
              "PARTIALLY_SHIPPED", Duration.ofDays(2),
              "SHIPPED", Duration.ofHours(24),
              "IN_TRANSIT", Duration.ofDays(7)));

  Limits {
    byStatus = Map.copyOf(byStatus);
  }

  /** Those of a shop; the usual ones where the installation has no file of limits. */
  static Limits of(StuckLimits rules, String shop) {
    if (rules.equals(StuckLimits.NONE)) {
      return USUAL;
    }
    Map<String, Duration> limits = new TreeMap<>(rules.byStatus());
    rules
        .byShop()
        .getOrDefault(shop, Map.of())
        .forEach(
            (status, limit) ->
                limit.ifPresentOrElse(own -> limits.put(status, own), () -> limits.remove(status)));
    return new Limits(limits);
  }

  Optional<Duration> of(String status) {
    return Optional.ofNullable(byStatus.get(status));
  }

  /** Whether an order that is in the status since then is so for too long. */
  boolean isPast(String status, Instant since, Instant now) {
    return of(status).map(limit -> !since.plus(limit).isAfter(now)).orElse(false);
  }
}
