package io.orderbridge.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/** Our own RSA key at a payment service, parsed once. It cannot be printed. */
final class MerchantKey {
  private static final String PKCS1 = "BEGIN RSA PRIVATE KEY";

  private final PrivateKey key;

  private MerchantKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * @param text PKCS#8 as PEM, or its bare Base64
   * @throws IllegalArgumentException that says what is expected, never the text
   */
  static MerchantKey parse(String text) {
    if (text.contains(PKCS1)) {
      throw new IllegalArgumentException(
          "is a PKCS#1 key (RSA PRIVATE KEY), expected PKCS#8; convert it with"
              + " openssl pkcs8 -topk8 -nocrypt");
    }
    // Without the causes: the decoders' messages quote characters of the key.
    Optional<byte[]> der = StrictBase64.decode(text.replaceAll("-----[A-Z ]+-----|\\s", ""));
    if (der.isEmpty()) {
      throw unreadable();
    }
    try {
      return new MerchantKey(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der.get())));
    } catch (GeneralSecurityException e) {
      throw unreadable();
    }
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "private key is no RSA key in PKCS#8, expected -----BEGIN PRIVATE KEY----- or its Base64");
  }

  /** As {@link #parse}, naming the setting. */
  static MerchantKey of(SignSettings settings, String setting) {
    try {
      return parse(settings.required(setting));
    } catch (IllegalArgumentException e) {
      throw settings.wrong(setting, e.getMessage());
    }
  }

  /** Base64 of SHA256withRSA. The same text is always signed the same. */
  String sign(byte[]... parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      for (byte[] part : parts) {
        signature.update(part);
      }
      return StrictBase64.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA256withRSA", e);
    }
  }
}
