/**
 * Whether all systems show the same: the nightly comparison, contradictions between systems, orders
 * that do not move.
 */
package io.orderbridge.consistency;
