package io.orderbridge.consistency;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderReading;
import io.orderbridge.order.OrderReading.Claim;
import io.orderbridge.order.OrderReading.Parcel;
import io.orderbridge.order.OrderReading.Step;
import java.time.Instant;
import java.util.List;

/**
 * What a condition is asked of: an order, what systems showed of it, and the parcel that is looked
 * at. Nothing else; no clock.
 *
 * @param shown sorted by system
 * @param parcel null while the whole order is looked at
 */
record Scene(OrderReading order, List<ShownState> shown, Parcel parcel) {

  Scene(OrderReading order, List<ShownState> shown) {
    this(order, shown, null);
  }

  Scene of(Parcel one) {
    return new Scene(order, shown, one);
  }

  /**
   * When it was reached; null when it was not. What parcels reach, the order has reached when every
   * parcel has.
   */
  Instant reachedAt(Milestone milestone) {
    if (!milestone.perParcel()) {
      return step(milestone, "");
    }
    if (parcel != null) {
      return step(milestone, parcel.id());
    }
    Instant last = null;
    for (Parcel one : order.parcels()) {
      Instant at = step(milestone, one.id());
      if (at == null) {
        return null;
      }
      last = last == null || at.isAfter(last) ? at : last;
    }
    return last;
  }

  private Instant step(Milestone milestone, String of) {
    for (Step step : order.reached()) {
      if (step.milestone() == milestone && step.parcel().equals(of)) {
        return step.at();
      }
    }
    return null;
  }

  /** Whether a claim is about what is looked at. */
  boolean concerns(Claim claim) {
    return parcel == null || claim.parcel().isEmpty() || claim.parcel().equals(parcel.id());
  }

  /**
   * Whether a reading still says what the system shows: it does until the system itself speaks of a
   * later time.
   */
  boolean isCurrent(ShownState state) {
    boolean claimed =
        order.claims().stream()
            .anyMatch(
                claim ->
                    claim.system().equals(state.system()) && claim.at().isAfter(state.readAt()));
    return !claimed
        && order.codes().stream()
            .noneMatch(
                code -> code.system().equals(state.system()) && code.at().isAfter(state.readAt()));
  }
}
