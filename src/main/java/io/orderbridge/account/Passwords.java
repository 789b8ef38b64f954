package io.orderbridge.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Keeps passwords as PBKDF2-HMAC-SHA512 with a salt of their own, and compares. Every comparison
 * costs one derivation, also for who does not exist. Thread-safe.
 */
@Singleton
class Passwords {
  // OWASP, Password Storage Cheat Sheet, for PBKDF2-HMAC-SHA512 (read 2026-11-30).
  static final int ROUNDS = 210_000;

  private static final String KIND = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 512;
  // A derivation takes some 0.2 s of a core: who floods the sign-in must not take all of them.
  private static final int AT_ONCE = 2;
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  /** Makes the hash; the seam at which a test counts the work. */
  @FunctionalInterface
  interface Derivation {
    byte[] derive(char[] password, byte[] salt, int rounds);
  }

  /** More sign-ins at once than there is work for; nothing was compared. */
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy() {
      super("too many sign-ins at once; try again in a few seconds");
    }
  }

  private final Derivation derivation;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore work = new Semaphore(AT_ONCE);
  private final String nobody;

  @Inject
  Passwords() {
    this(Passwords::pbkdf2);
  }

  Passwords(Derivation derivation) {
    this.derivation = derivation;
    // Of the same cost as a real one, and the hash of nothing that anybody can type.
    this.nobody = text(ROUNDS, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]);
  }

  /**
   * The text to store.
   *
   * @throws Busy when too many are at work
   */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return text(ROUNDS, salt, derive(password, salt, ROUNDS));
  }

  /**
   * Whether this is the password of a stored text; false, at the same cost, when nothing is stored.
   *
   * @throws Busy when too many are at work
   */
  boolean matches(Optional<String> stored, String password) {
    String[] parts = stored.orElse(nobody).split("\\$");
    Base64.Decoder decoder = Base64.getDecoder();
    byte[] hash = derive(password, decoder.decode(parts[2]), Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(hash, decoder.decode(parts[3])) && stored.isPresent();
  }

  private byte[] derive(String password, byte[] salt, int rounds) {
    boolean mine = false;
    try {
      mine = work.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (!mine) {
        throw new Busy();
      }
      return derivation.derive(password.toCharArray(), salt, rounds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Busy();
    } finally {
      if (mine) {
        work.release();
      }
    }
  }

  private static byte[] pbkdf2(char[] password, byte[] salt, int rounds) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(new PBEKeySpec(password, salt, rounds, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
    }
  }

  private static String text(int rounds, byte[] salt, byte[] hash) {
    Base64.Encoder encoder = Base64.getEncoder();
    return "%s$%d$%s$%s"
        .formatted(KIND, rounds, encoder.encodeToString(salt), encoder.encodeToString(hash));
  }
}
