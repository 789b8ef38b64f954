package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMACs, and the only place in the product where a MAC or a signature text is compared. */
final class Hmac {
  private static final String SHA256 = "HmacSHA256";
  private static final String MD5 = "HmacMD5";

  private Hmac() {}

  /** HMAC-SHA256. */
  static byte[] of(Secret key, byte[]... parts) {
    return mac(SHA256, key.bytes(), parts);
  }

  /** HMAC-SHA256 with a key derived by another HMAC. */
  static byte[] of(byte[] key, byte[]... parts) {
    return mac(SHA256, key, parts);
  }

  /** HMAC-MD5, for partners that know nothing better. */
  static byte[] md5(Secret key, byte[]... parts) {
    return mac(MD5, key.bytes(), parts);
  }

  private static byte[] mac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Compares in constant time; does not stop at the first match, so time tells nothing. */
  static boolean anyMatches(List<byte[]> expected, List<byte[]> received) {
    boolean matches = false;
    for (byte[] ours : expected) {
      for (byte[] theirs : received) {
        matches |= MessageDigest.isEqual(ours, theirs);
      }
    }
    return matches;
  }

  /** Compares two texts in constant time; null fits nothing. */
  static boolean sameText(String expected, String received) {
    return expected != null
        && received != null
        && anyMatches(
            List.of(expected.getBytes(StandardCharsets.UTF_8)),
            List.of(received.getBytes(StandardCharsets.UTF_8)));
  }
}
