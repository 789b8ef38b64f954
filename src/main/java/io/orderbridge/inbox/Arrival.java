package io.orderbridge.inbox;

/**
 * A message whose sender is known to be genuine, as it is stored.
 *
 * @param messageId the sender's own, unique within the connection
 * @param kind empty when the connection has only one
 * @param headers JSON object of what a mapping may read
 * @param orderBy messages of one value are applied in order; null when any order will do
 */
record Arrival(
    String connection,
    String messageId,
    String kind,
    String headers,
    String orderBy,
    byte[] body) {}
