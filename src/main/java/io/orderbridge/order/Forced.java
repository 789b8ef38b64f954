package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;

/**
 * What a person says of an order against the systems (强制改状态). It is a fact like any other: it
 * merges in any order, of two words on the same milestone the one with the newer version counts,
 * and it is never lost. It is stronger than the word of the owner, so it can take a milestone back;
 * a later word {@link Says#WITHDRAWN} gives the word back to the systems, which undoes it.
 *
 * @param parcel empty unless the milestone belongs to a parcel
 * @param at when it happened, for {@link Says#REACHED}; else when it was said
 * @param by who, as the sign-in names them
 * @param reason in their words; no personal data of customers
 * @param version when it was said: decides which word is newer
 */
public record Forced(
    OrderKey order,
    Milestone milestone,
    String parcel,
    Instant at,
    Says says,
    String by,
    String reason,
    Instant version) {
  private static final int REASON_MAX = 1_000;
  private static final int BY_MAX = 100;

  /** What is forced. */
  public enum Says {
    REACHED,
    NOT_REACHED,
    WITHDRAWN
  }

  public Forced {
    if (milestone.perParcel() == parcel.isEmpty()) {
      throw new IllegalArgumentException(
          milestone.perParcel()
              ? milestone + " belongs to a parcel, and none is named"
              : milestone + " belongs to the order, not to a parcel");
    }
    if (by.isBlank() || by.length() > BY_MAX) {
      throw new IllegalArgumentException("who forces it has 1 to %d characters".formatted(BY_MAX));
    }
    if (reason.isBlank() || reason.length() > REASON_MAX) {
      throw new IllegalArgumentException("the reason has 1 to %d characters".formatted(REASON_MAX));
    }
    by = FactsParts.storable(by);
    reason = FactsParts.storable(reason);
  }

  /** The milestone and its parcel, for example {@code PACKED@1}. */
  String scope() {
    return parcel.isEmpty() ? milestone.name() : milestone + "@" + parcel;
  }
}
