package io.orderbridge.notice;

import java.time.Instant;

/**
 * The order that a notice is about.
 *
 * @param now the time of the notice, from which stocks are estimated
 */
public record CurrentOrder(Purchase purchase, Instant now) {}
