/**
 * How partners sign and encrypt what they send, one small class per scheme, and the secrets for it.
 *
 * <p>{@link io.orderbridge.signing.SignatureSchemes} gives a scheme by the name that stands in a
 * connection's file; {@link io.orderbridge.signing.Signer} is the other side of each scheme, for
 * counterparts we play ourselves. JDK cryptography only. Nothing here reads a clock, and nothing
 * here can be printed that would give a secret away.
 */
package io.orderbridge.signing;
