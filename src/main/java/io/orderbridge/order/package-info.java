/**
 * The order book, the heart of the product. An order is the fold of its facts; when a fold changes
 * something, the same transaction writes the order, the event and what each target is owed.
 */
package io.orderbridge.order;
