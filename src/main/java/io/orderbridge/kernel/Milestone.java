package io.orderbridge.kernel;

/**
 * What can be reached once in the life of an order, in the order in which it usually happens. A
 * milestone that belongs to a parcel is held once per parcel; the order has reached it when every
 * parcel has.
 */
public enum Milestone {
  CREATED("order.created", false, "下单", "created"),
  PAID("order.paid", false, "付款成功", "paid"),
  ACCEPTED("order.accepted", false, "仓库接单", "accepted by the warehouse"),
  PACKED("order.packed", true, "打包完成", "packed"),
  TRACKING_ASSIGNED("order.tracking-assigned", true, "物流单号生成", "tracking number assigned"),
  OUTBOUND_SCANNED("order.shipped", true, "出库扫描", "scanned out"),
  PICKED_UP("order.picked-up", true, "揽收", "picked up"),
  IN_TRANSIT("order.in-transit", true, "在途", "in transit"),
  DELIVERED("order.delivered", true, "签收", "delivered"),
  COMPLETED("order.completed", false, "完成", "completed"),
  CANCELLED("order.cancelled", false, "取消", "cancelled");

  private final String eventType;
  private final boolean perParcel;
  private final Wording said;

  Milestone(String eventType, boolean perParcel, String zh, String en) {
    this.eventType = eventType;
    this.perParcel = perParcel;
    this.said = new Wording(zh, en);
  }

  /** The type of the CloudEvent that tells of this milestone, for example {@code order.paid}. */
  public String eventType() {
    return eventType;
  }

  /** Whether a parcel, not the order, reaches it. A shop that knows no parcels uses one. */
  public boolean perParcel() {
    return perParcel;
  }

  /** What people call it. */
  public Wording said() {
    return said;
  }
}
