package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import java.util.Map;

/**
 * An order of a repair while it is being done or read back.
 *
 * @param claimNo of the claim under which it is held
 * @param work what is to be done, as the {@link Effect} said; the same over all attempts
 * @param eventMark number of the last event before it was first begun
 * @param workMark number of the last piece of work before it was first begun
 * @param attempts that failed so far; while it is read back, looks so far
 */
record Task(
    Repair repair,
    int item,
    OrderKey order,
    Map<String, String> fields,
    long claimNo,
    Map<String, Object> work,
    String before,
    long eventMark,
    long workMark,
    int attempts) {

  /** The idempotency key, the same over all attempts and restarts. */
  String key() {
    return "repair:%d:%d".formatted(repair.id(), item);
  }

  /** Why this order is changed: its own reason, or that of the repair. */
  String reason() {
    return fields.getOrDefault("reason", repair.wish().reason());
  }
}
