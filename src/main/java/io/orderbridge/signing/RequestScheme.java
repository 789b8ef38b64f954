package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;

/** A request signer that also finds again what it put into a request, for counterparts we play. */
interface RequestScheme extends RequestSigner {

  /** What a received request says it was signed with; empty when unreadable: it cannot fit. */
  Optional<Stated> stated(SignableRequest received);

  /** The signature, or the credential, inside a request; null when it holds none. */
  String proof(SignableRequest request);

  /** Whether the received request carries the signature that this scheme would have made. */
  default boolean fits(SignableRequest received) {
    try {
      return stated(received)
          .map(by -> sign(received, by.token(), by.at(), by.nonce()))
          .map(expected -> Hmac.sameText(proof(expected), proof(received)))
          .orElse(false);
    } catch (IllegalArgumentException e) {
      // Something that the scheme signs is missing.
      return false;
    }
  }

  /**
   * @param token null when none is stated
   */
  record Stated(Instant at, String nonce, String token) {
    /** For schemes without time and nonce. */
    static Optional<Stated> nothing() {
      return Optional.of(new Stated(Instant.EPOCH, "", null));
    }

    static Optional<Stated> at(Optional<Instant> at, String token) {
      return at.map(time -> new Stated(time, "", token));
    }

    @Override
    public String toString() {
      return "Stated[%s]".formatted(at);
    }
  }
}
