package io.orderbridge.outbox;

import io.orderbridge.kernel.Milestone;
import java.time.Duration;

/**
 * Until when a target has to be told of a milestone: platforms count a late upload of the logistics
 * number as a violation of the shop. The first delivery that was sent to it after the whole order
 * had left meets it; what a route skips meets nothing.
 *
 * @param after milestone of the order at which the time begins
 * @param within how long it lasts
 * @param warn how long before its end an order that was not told counts as at risk; shorter than
 *     {@code within}
 */
public record UploadDeadline(Milestone after, Duration within, Duration warn) {}
