package io.orderbridge.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What makes the link of a message unguessable: 128 random bits. The database holds only the hash,
 * so that who reads it or a backup of it cannot acknowledge.
 */
final class LinkToken {
  /** Stands for the token wherever a message is shown. */
  static final String MASK = "…";

  private static final int BYTES = 16;
  private static final int LENGTH = 22;

  private final String text;

  private LinkToken(String text) {
    this.text = text;
  }

  static LinkToken fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What somebody put into an address; empty when it cannot be one of ours. */
  static Optional<LinkToken> of(String text) {
    return text.matches("[A-Za-z0-9_-]{" + LENGTH + "}")
        ? Optional.of(new LinkToken(text))
        : Optional.empty();
  }

  String text() {
    return text;
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "LinkToken[" + MASK + "]";
  }
}
