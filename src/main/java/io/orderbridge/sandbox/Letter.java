package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Partners.Sender;

/**
 * One message of a partner as it lies in its outbox: signed when it is sent, since the time of
 * sending is signed along.
 *
 * @param id the sender's own id; a letter sent twice keeps it
 * @param kind what it tells, in the sender's words
 * @param domain the shop it comes from; empty when the sender names none
 */
record Letter(Sender sender, String id, String kind, String domain, byte[] body) {}
