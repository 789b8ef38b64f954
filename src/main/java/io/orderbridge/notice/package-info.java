/**
 * Notices to customers: gates over the facts of an order, channels and their vendors, receipts,
 * templates, what a customer allows, and the proof of what reached whom. Sent is not delivered:
 * that a notice reached somebody says a receipt only.
 */
package io.orderbridge.notice;
