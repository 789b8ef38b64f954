package io.orderbridge.signing;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * How one partner wants its calls signed. Immutable and thread-safe; reads no clock and draws no
 * random number. A second attempt is signed again, with its own time and nonce.
 */
public interface RequestSigner {

  /**
   * The request with everything that the partner's scheme wants: app key, time, token, signature. A
   * request that is signed already is signed anew.
   *
   * @param token the access token of the connection, null when it has none
   * @param nonce fresh for every attempt: 32 letters and digits, or a UUID
   * @throws IllegalArgumentException when the request lacks what the scheme signs; the message is
   *     for integrators and holds no value of the request
   */
  SignableRequest sign(SignableRequest request, String token, Instant now, String nonce);

  /**
   * Checks the signature of an answer with status 2xx over its raw bytes. Genuine for schemes whose
   * partner signs no answers, and where {@code answers: unsigned} is configured. Never throws for
   * what an answer may hold.
   *
   * @param headers a header's value by its name in any case, or null
   */
  default Verdict answered(UnaryOperator<String> headers, byte[] body, Instant now) {
    return Verdict.GENUINE;
  }
}
