package io.orderbridge.notice;

/** What a notice is for. */
public enum Content {
  /** About an order of the customer's own: the shipping notice and the like. */
  TRANSACTION,
  /** To sell something. */
  PROMOTION
}
