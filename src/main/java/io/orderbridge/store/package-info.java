/**
 * How rows are written and work is shared out: transactions, group commit, lanes, partitions. Knows
 * nothing of orders.
 */
package io.orderbridge.store;
