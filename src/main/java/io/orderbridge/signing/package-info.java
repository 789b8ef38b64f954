/**
 * How partners sign and encrypt what they send, how they want our calls signed, one small class per
 * scheme, and the secrets for it.
 *
 * <p>{@link io.orderbridge.signing.SignatureSchemes} gives a scheme of the door and {@link
 * io.orderbridge.signing.RequestSigners} one for calls by the name that stands in a connection's
 * file; {@link io.orderbridge.signing.Signer} is the other side, for counterparts we play
 * ourselves. JDK cryptography only. Nothing here reads a clock, and nothing here can be printed
 * that would give a secret away.
 */
package io.orderbridge.signing;
