package io.orderbridge.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that is handed out once: the id of a session, the token of a link. Only its hash is
 * stored.
 */
public record Drawn(String value) {
  // 256 bits: no number of guesses and no number of rows makes a hit likely.
  private static final int BYTES = 32;
  private static final int LENGTH = 43;

  static Drawn by(SecureRandom random) {
    byte[] drawn = new byte[BYTES];
    random.nextBytes(drawn);
    return new Drawn(Base64.getUrlEncoder().withoutPadding().encodeToString(drawn));
  }

  /** Whether a text can be one at all; another one needs no look into the database. */
  static boolean canBe(String text) {
    return text != null && text.length() == LENGTH;
  }

  byte[] hash() {
    return sha256(value);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Drawn[...]";
  }
}
