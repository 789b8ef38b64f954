package io.orderbridge.signing;

import io.orderbridge.kernel.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * How one family of senders signs what it sends. Implementations are immutable and thread-safe,
 * compare in constant time and fail closed: whatever is missing or unreadable is {@link
 * Verdict#forged}.
 */
public interface SignatureScheme {

  /** Checks the signature over the raw bytes. Never throws for what a sender may have sent. */
  Verdict verify(SignedMessage message, Instant now);

  /**
   * What a sender that proves our address by a GET wants to read back, from the query; empty when
   * its family does not do so. Believed only when {@link #verify} finds the same message genuine.
   */
  default Optional<String> echo(SignedMessage greeting) {
    return Optional.empty();
  }

  /**
   * The body as a mapping reads it: schemes that encrypt a resource replace it by its plain JSON.
   * The stored message stays as it came.
   *
   * @throws Refusal with {@code BODY_NOT_DECRYPTED} or {@code BODY_BROKEN}
   */
  default byte[] open(byte[] body) {
    return body;
  }
}
