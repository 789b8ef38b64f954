package io.orderbridge.consistency;

import java.time.Instant;

/**
 * Whether a condition holds of an order.
 *
 * @param since from when on, by the times that the facts carry; null when it carries none, because
 *     it is something that did not happen, or does not hold
 */
record Hold(boolean holds, Instant since) {
  static final Hold NOT = new Hold(false, null);
  static final Hold UNTIMED = new Hold(true, null);

  static Hold at(Instant since) {
    return new Hold(true, since);
  }

  static Hold when(boolean holds) {
    return holds ? UNTIMED : NOT;
  }

  /** The earlier of two that hold; one without a time is later than any. */
  Hold earlier(Hold other) {
    if (!holds || !other.holds) {
      return holds ? this : other;
    }
    return since == null || other.since != null && other.since.isBefore(since) ? other : this;
  }
}
