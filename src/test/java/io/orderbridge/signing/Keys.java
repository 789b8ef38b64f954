package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;

/** Fresh keys, for what must not be accepted. */
final class Keys {
  private Keys() {}

  static PublicKey rsa(int bits) {
    return pair("RSA", bits).getPublic();
  }

  static PublicKey elliptic() {
    return pair("EC", 256).getPublic();
  }

  static String publicPem(Key key) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  /** A fresh private key as PKCS#8. */
  static String privatePem() {
    byte[] der = pair("RSA", 2048).getPrivate().getEncoded();
    return Base64.getEncoder().encodeToString(der);
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
