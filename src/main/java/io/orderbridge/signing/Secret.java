package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A shared secret of a partner. It cannot be printed: {@link #toString} shows a short fingerprint,
 * enough to tell two secrets apart during a rotation.
 */
public final class Secret {
  private static final int FINGERPRINT_BYTES = 4;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param text the secret as the partner shows it; its UTF-8 bytes are the key
   * @throws IllegalArgumentException when the text is empty
   */
  public static Secret of(String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("secret is empty");
    }
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A key that is bytes, not text. */
  static Secret of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("secret is empty");
    }
    return new Secret(bytes.clone());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The secret itself, for schemes that send it. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "Secret[" + HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES) + "]";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
