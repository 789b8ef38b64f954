/**
 * What is owed to targets and how it is delivered: at least once, in order, under an idempotency
 * key that never changes. A route does the sending; what a failure means is decided here.
 */
package io.orderbridge.outbox;
