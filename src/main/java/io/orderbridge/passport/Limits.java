package io.orderbridge.passport;

import java.time.Duration;

/**
 * How long an order may stay where it is before it counts as stuck.
 *
 * @param payment from the order to its payment
 * @param packing from the payment, or from telling the warehouse, to the first word of it; and from
 *     its acceptance to the last parcel that is packed
 * @param tracking from packing to the tracking number
 * @param scan from packing to the scan at the gate
 * @param pickup from the gate to the carrier's first word
 * @param transit from the carrier's first word to the delivery
 * @param refund between two steps of a refund case
 */
record Limits(
    Duration payment,
    Duration packing,
    Duration tracking,
    Duration scan,
    Duration pickup,
    Duration transit,
    Duration refund) {

  /**
   * Without rules of the installation. Platforms close unpaid orders within one to three days and
   * count 48 h from payment to the upload of the number as late (counterparts' rules of 2026), so a
   * day for each of packing and leaving is the latest at which acting still helps. Parcels within
   * China take three days, the farthest seven; refunds are to be decided within 48 h.
   */
  static final Limits USUAL =
      new Limits(
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(2),
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofDays(7),
          Duration.ofHours(48));
}
