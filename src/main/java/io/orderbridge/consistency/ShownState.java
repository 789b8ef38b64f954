package io.orderbridge.consistency;

import java.time.Instant;

/**
 * What a connected system showed of an order when it was last read there.
 *
 * @param status in the canonical words
 * @param raw the system's own code
 * @param at since when, by the system's own word; null when it does not say
 * @param readAt when it was read
 */
record ShownState(String system, String status, String raw, Instant at, Instant readAt) {}
