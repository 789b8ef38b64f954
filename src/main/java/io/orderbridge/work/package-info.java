/**
 * The queues behind inbox and outbox: work that waits in lanes, how it is claimed and settled,
 * every attempt, and the dead letters of both ends with their replay.
 */
package io.orderbridge.work;
