/**
 * What is read by period: the calendar of each source, its windows of time, the reading of pages
 * until a window is complete, and the proof that all of it reached the order book. The {@code
 * windows:} endpoint asks a route for one page after the other.
 */
package io.orderbridge.schedule;
