/**
 * Whether the books agree: definitions of what counts, reconciliations of two books over a period,
 * why they differ, breaks until they are closed, and the reports that finance, operations and the
 * warehouse read. What the sources said and what is the same on both sides is known by {@code
 * books}.
 */
package io.orderbridge.reconciliation;
