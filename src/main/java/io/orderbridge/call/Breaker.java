package io.orderbridge.call;

import java.time.Duration;

/**
 * When a partner is left alone for a while.
 *
 * @param failures failed attempts in a row that open the breaker
 * @param pause how long nothing is sent then; afterwards one attempt tells
 */
public record Breaker(int failures, Duration pause) {}
