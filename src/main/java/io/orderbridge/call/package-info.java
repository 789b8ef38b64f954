/**
 * One call to another system: what a route may ask, how much a partner may be asked, what its
 * answers mean, and the access tokens it wants. A route says what to ask; how it is signed, sent,
 * bounded and judged stands in the connection file and is done here. Nothing is tried again here:
 * whoever owns the work hears {@code TryLater} or {@code Refusal}.
 */
package io.orderbridge.call;
