package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import javax.crypto.Cipher;

/**
 * The other side of each scheme, for counterparts we play ourselves: the sandbox and tests. What it
 * makes is taken by the scheme of the same name. Without state; no message names a key.
 */
public final class Signer {
  private Signer() {}

  /** The value of {@code X-Shopify-Hmac-Sha256}. */
  public static String shopify(Secret secret, byte[] body) {
    return StrictBase64.encode(Hmac.of(secret, body));
  }

  /**
   * The value of {@code webhook-signature}.
   *
   * @param at the time in {@code webhook-timestamp}, cut to whole seconds
   * @throws IllegalArgumentException when the secret begins with whsec_ and goes on with no Base64
   */
  public static String standardWebhooks(Secret secret, String id, Instant at, byte[] body) {
    Secret key = StandardWebhooksScheme.key(secret);
    String timestamp = Long.toString(at.getEpochSecond());
    return "v1," + StrictBase64.encode(StandardWebhooksScheme.signature(key, id, timestamp, body));
  }

  /**
   * The value of {@code Wechatpay-Signature}.
   *
   * @param privateKeyPem an RSA key as PKCS#8, {@code -----BEGIN PRIVATE KEY-----}
   * @param at the time in {@code Wechatpay-Timestamp}, cut to whole seconds
   * @throws IllegalArgumentException when the key is unreadable
   */
  public static String wechatPay(String privateKeyPem, Instant at, String nonce, byte[] body) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(privateKey(privateKeyPem));
      String before = at.getEpochSecond() + "\n" + nonce + "\n";
      signature.update(before.getBytes(StandardCharsets.UTF_8));
      signature.update(body);
      signature.update((byte) '\n');
      return StrictBase64.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("private key is no RSA key in PKCS#8", e);
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    // Without the cause of a bad Base64: the decoder's message quotes characters of the key.
    byte[] der =
        StrictBase64.decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""))
            .orElseThrow(() -> new IllegalArgumentException("private key is no PEM text"));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /**
   * The value of {@code resource.ciphertext} of a WeChat Pay notification. Never use a nonce twice
   * with one key.
   *
   * @param apiKey 32 bytes
   * @param nonce 12 characters, sent as {@code resource.nonce}
   * @param associated sent as {@code resource.associated_data}; may be empty
   * @throws IllegalArgumentException when key or nonce has another length
   */
  public static String wechatPayResource(
      Secret apiKey, String nonce, String associated, byte[] plain) {
    byte[] nonceBytes = nonce.getBytes(StandardCharsets.UTF_8);
    if (apiKey.bytes().length != AesGcm.KEY_BYTES || nonceBytes.length != AesGcm.NONCE_BYTES) {
      throw new IllegalArgumentException(
          "expected an api key of %d and a nonce of %d bytes"
              .formatted(AesGcm.KEY_BYTES, AesGcm.NONCE_BYTES));
    }
    try {
      return StrictBase64.encode(
          AesGcm.apply(Cipher.ENCRYPT_MODE, apiKey, nonceBytes, associated, plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-256-GCM", e);
    }
  }
}
