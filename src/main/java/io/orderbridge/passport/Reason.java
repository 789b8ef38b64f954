package io.orderbridge.passport;

import java.util.Locale;

/**
 * Why an order stands where it stands. The names stand in the API and in the runbook; they are
 * never renamed.
 */
enum Reason {
  /** A message that names the order could not be applied and lies in the dead letters. */
  MESSAGE_DEAD,
  /** A message that names the order, or may name it, waits in the inbox. */
  MESSAGE_WAITING,
  /** Money came for an order that was cancelled before. */
  PAID_AFTER_CANCEL,
  /** More than one payment covers the order. */
  PAID_TWICE,
  /** What was paid is not what it costs. */
  PAYMENT_DIFFERS,
  /** A payment system or the shop shows it as paid; the order book does not. */
  PAYMENT_CALLBACK_LOST,
  /** What a person forced overrules what a system says. */
  FORCED,
  /** The shop asked not to ship it yet. */
  HOLD,
  /** A refund case is not over. */
  REFUND_OPEN,
  /** The access token of a partner is over. */
  TOKEN_EXPIRED,
  /** A target refused a delivery; it lies in the dead letters. */
  TARGET_REFUSED,
  /** A target is switched off, its file is refused, or it was never owed the order. */
  TARGET_RESTING,
  /** A target does not answer, or cannot now. */
  TARGET_DOWN,
  /** A source of the system whose word is awaited is not read. */
  SOURCE_BEHIND,
  /** Two systems say what cannot both be true. */
  CONTRADICTION,
  /** The shop has not told of the order. */
  ORDER_UNKNOWN_TO_SHOP,
  /** Not paid yet. */
  WAITING_FOR_PAYMENT,
  /** A target waits for a milestone that it needs. */
  NEEDS,
  /** The warehouse was told and says nothing. */
  WAREHOUSE_SILENT,
  /** Packed or gone without a tracking number. */
  TRACKING_NO_MISSING,
  /** Packed, and not scanned out. */
  NOT_SCANNED_OUT,
  /** The shop has to be told of the shipment, soon or too late. */
  SHOP_NOT_TOLD,
  /** Scanned out, and the carrier says nothing. */
  CARRIER_SILENT,
  /** On the road for too long. */
  IN_TRANSIT_TOO_LONG,
  /** A check found something else, and says what. */
  FINDING_OPEN,
  /** Paid, and within the time for packing. */
  NOT_PACKED_YET,
  /** Packed, and within the time for leaving. */
  READY_TO_SHIP,
  /** Left, and within the time for the road. */
  ON_ITS_WAY,
  /** With the buyer. */
  DELIVERED,
  /** Done. */
  COMPLETED,
  /** Cancelled, and nothing is left to do. */
  CANCELLED;

  /** Where the documentation says what it means and what to do. */
  String link() {
    return "docs/runbook.md#stuck-" + name().toLowerCase(Locale.ROOT);
  }
}
