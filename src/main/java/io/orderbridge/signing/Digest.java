package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Plain hashes over a secret and a text. MD5 and SHA-1 are broken; their partners know no other.
 */
final class Digest {
  private Digest() {}

  static byte[] md5(byte[]... parts) {
    return of("MD5", parts);
  }

  static byte[] sha1(byte[]... parts) {
    return of("SHA-1", parts);
  }

  static byte[] sha256(byte[]... parts) {
    return of("SHA-256", parts);
  }

  private static byte[] of(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  static String lowerHex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String upperHex(byte[] bytes) {
    return lowerHex(bytes).toUpperCase(Locale.ROOT);
  }

  /** The bytes of a hex text in either case; empty when it is none. */
  static Optional<byte[]> fromHex(String text) {
    try {
      return Optional.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
