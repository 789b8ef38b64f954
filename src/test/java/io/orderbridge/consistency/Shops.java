package io.orderbridge.consistency;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Ownership;
import java.util.EnumSet;

/** Who owns what in the tests: a shop, payment, a warehouse, a carrier; finance owns nothing. */
final class Shops {
  private Shops() {}

  static Ownership ownership() {
    return own(new Ownership());
  }

  static Ownership own(Ownership ownership) {
    ownership.replace(
        "shopify",
        EnumSet.of(Milestone.CREATED, Milestone.PAID, Milestone.CANCELLED, Milestone.COMPLETED));
    ownership.replace("wechat-pay", EnumSet.of(Milestone.PAID));
    ownership.replace(
        "wms",
        EnumSet.of(
            Milestone.ACCEPTED,
            Milestone.PACKED,
            Milestone.TRACKING_ASSIGNED,
            Milestone.OUTBOUND_SCANNED));
    ownership.replace(
        "sf", EnumSet.of(Milestone.PICKED_UP, Milestone.IN_TRANSIT, Milestone.DELIVERED));
    return ownership;
  }
}
