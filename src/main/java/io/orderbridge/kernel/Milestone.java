package io.orderbridge.kernel;

/**
 * What can be reached once in the life of an order, in the order in which it usually happens. A
 * milestone that belongs to a parcel is held once per parcel; the order has reached it when every
 * parcel has.
 */
public enum Milestone {
  CREATED("order.created", false),
  PAID("order.paid", false),
  ACCEPTED("order.accepted", false),
  PACKED("order.packed", true),
  TRACKING_ASSIGNED("order.tracking-assigned", true),
  OUTBOUND_SCANNED("order.shipped", true),
  PICKED_UP("order.picked-up", true),
  IN_TRANSIT("order.in-transit", true),
  DELIVERED("order.delivered", true),
  COMPLETED("order.completed", false),
  CANCELLED("order.cancelled", false);

  private final String eventType;
  private final boolean perParcel;

  Milestone(String eventType, boolean perParcel) {
    this.eventType = eventType;
    this.perParcel = perParcel;
  }

  /** The type of the CloudEvent that tells of this milestone, for example {@code order.paid}. */
  public String eventType() {
    return eventType;
  }

  /** Whether a parcel, not the order, reaches it. A shop that knows no parcels uses one. */
  public boolean perParcel() {
    return perParcel;
  }
}
