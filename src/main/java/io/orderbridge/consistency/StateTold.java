package io.orderbridge.consistency;

import io.orderbridge.kernel.OrderKey;
import java.time.Instant;

/**
 * What a reading of a connected system showed of an order.
 *
 * @param system the connection
 * @param status in the words of the canonical status; null when the order is not there
 * @param raw the system's own code
 * @param at since when, by the system's word; null when it does not say
 * @param createdAt when the order came to be there, by the system's word; null when it does not say
 * @param readAt not later than the time of the reading
 * @param inboxId the stored message that told it; null when there is none
 */
record StateTold(
    String system,
    OrderKey order,
    String status,
    String raw,
    Instant at,
    Instant createdAt,
    Instant readAt,
    Long inboxId) {

  boolean isAbsent() {
    return status == null;
  }

  /** The newer of two words on one order; each message counts as seen. */
  StateTold newer(StateTold other) {
    StateTold newest = other.readAt.isBefore(readAt) ? this : other;
    Long seen = inboxId == null ? other.inboxId : inboxId;
    seen = other.inboxId == null || seen > other.inboxId ? seen : other.inboxId;
    return new StateTold(
        newest.system,
        newest.order,
        newest.status,
        newest.raw,
        newest.at,
        newest.createdAt,
        newest.readAt,
        seen);
  }
}
