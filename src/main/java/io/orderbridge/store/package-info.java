/**
 * How rows are written: transactions, group commit, partitions, instances. Knows nothing of orders.
 */
package io.orderbridge.store;
