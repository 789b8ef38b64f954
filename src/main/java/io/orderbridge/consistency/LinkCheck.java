package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import java.time.Instant;
import java.util.List;

/**
 * Looks whether one kind of link holds. Every CDI bean of this type is asked each minute, by one
 * process at a time; what all of them say together is what is open.
 */
interface LinkCheck {
  // Of every order its code; of a target that was away for a night the oldest are enough to see.
  int ORDERS_MAX = 1_000;

  /** What is wrong now; the same thing is always the same finding. */
  List<Finding> look(Instant now);
}
