package io.orderbridge.order;

/**
 * Where a refund case stands. The case is a second axis beside the milestones of the order; of two
 * claims of the same time the later constant wins.
 */
enum RefundStatus {
  REQUESTED,
  AGREED,
  RETURNING,
  RETURN_RECEIVED,
  REJECTED,
  CLOSED,
  REFUNDING,
  REFUNDED
}
