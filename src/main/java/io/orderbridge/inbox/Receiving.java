package io.orderbridge.inbox;

import io.orderbridge.signing.SignatureScheme;

/**
 * How one connection receives, from the {@code receives:} part of its file.
 *
 * @param connection name, the folder below {@code routes/}
 * @param scheme checks who sends
 * @param messageId where the sender's own id of the message stands
 * @param kind where the kind of message stands
 * @param orderBy messages with the same value are applied in the order of their arrival; null when
 *     any order will do
 * @param bodyLimit bytes; a longer body is answered 413
 * @param backlogMark waiting messages above which the door answers 503
 * @param answer the words of the answers
 */
public record Receiving(
    String connection,
    SignatureScheme scheme,
    Part messageId,
    Part kind,
    Part orderBy,
    int bodyLimit,
    long backlogMark,
    Dialect answer) {}
