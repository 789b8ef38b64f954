package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far an order has come.
 *
 * @param order number of the order in the store
 * @param subject shop/number
 * @param status the canonical one, see {@link OrderReadings#STATUSES}
 * @param reached when the order reached what it has reached: of what parcels reach when the last of
 *     them did, and missing until then
 */
public record OrderFlow(
    long order, String subject, String status, Map<Milestone, Instant> reached) {

  /** A milestone of the order, or of one of its parcels. */
  record Step(Milestone milestone, String parcel, Instant at) {}

  static Map<Milestone, Instant> reached(Collection<Step> steps) {
    Set<String> parcels = new TreeSet<>();
    Map<Milestone, Integer> times = new EnumMap<>(Milestone.class);
    Map<Milestone, Instant> last = new EnumMap<>(Milestone.class);
    for (Step step : steps) {
      if (step.milestone().perParcel()) {
        parcels.add(step.parcel());
      }
      times.merge(step.milestone(), 1, Integer::sum);
      last.merge(step.milestone(), step.at(), (one, other) -> one.isAfter(other) ? one : other);
    }
    last.keySet().removeIf(m -> m.perParcel() && times.get(m) < parcels.size());
    return last;
  }
}
