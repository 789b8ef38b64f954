package io.orderbridge.notice;

/** What a customer says to notices of a channel and a content. */
public enum Says {
  /** Consent, with its evidence. */
  GRANTED,
  /** No more of it; blocks always. */
  WITHDRAWN,
  /** Nothing; never stored. */
  NOTHING
}
