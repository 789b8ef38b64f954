package io.orderbridge.signing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, and the only place in the product where a MAC is compared. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private Hmac() {}

  static byte[] of(Secret key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
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
}
