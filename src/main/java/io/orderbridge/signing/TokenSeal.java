package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * Locks tokens that are kept in the database, so that a dump alone discloses none: AES-256-GCM
 * under a key that is made of the connection's secrets and never stored. What was locked for one
 * connection does not open for another. Thread-safe.
 */
public final class TokenSeal {
  private static final String PURPOSE = "orderbridge access token 1";

  private final Secret key;
  private final String connection;

  private TokenSeal(Secret key, String connection) {
    this.key = key;
    this.connection = connection;
  }

  /**
   * @param secrets in an order that does not change; another list opens nothing that was locked
   *     with this one
   * @throws IllegalArgumentException when none of them holds anything
   */
  public static TokenSeal of(String connection, List<String> secrets) {
    if (secrets.stream().allMatch(String::isEmpty)) {
      throw new IllegalArgumentException("no secret to lock the token with");
    }
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(PURPOSE.getBytes(StandardCharsets.UTF_8));
      for (String secret : secrets) {
        // Each by its own hash, so that 'a','bc' is not 'ab','c'.
        hash.update(
            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
      }
      return new TokenSeal(Secret.of(hash.digest()), connection);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The text, locked under a nonce of its own. */
  public byte[] lock(String text) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] locked =
          AesGcm.apply(
              Cipher.ENCRYPT_MODE, key, nonce, connection, text.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = Arrays.copyOf(nonce, nonce.length + locked.length);
      System.arraycopy(locked, 0, sealed, nonce.length, locked.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** The text; empty when it was locked with other secrets or changed since. */
  public Optional<String> open(byte[] sealed) {
    if (sealed.length < AesGcm.NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(sealed, AesGcm.NONCE_BYTES);
    byte[] locked = Arrays.copyOfRange(sealed, AesGcm.NONCE_BYTES, sealed.length);
    try {
      byte[] text = AesGcm.apply(Cipher.DECRYPT_MODE, key, nonce, connection, locked);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "TokenSeal[" + connection + "]";
  }
}
