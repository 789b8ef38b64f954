package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
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
    String before = at.getEpochSecond() + "\n" + nonce + "\n";
    return MerchantKey.parse(privateKeyPem).sign(Digest.utf8(before), body, Digest.utf8("\n"));
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

  /**
   * The value of {@code Stripe-Signature}.
   *
   * @param at the time in it, cut to whole seconds
   */
  public static String stripe(Secret secret, Instant at, byte[] body) {
    String timestamp = Long.toString(at.getEpochSecond());
    return "t=%s,v1=%s"
        .formatted(timestamp, Digest.lowerHex(StripeScheme.mac(secret, timestamp, body)));
  }

  /**
   * The field {@code sign} of an Alipay notification.
   *
   * @param fields all others, decoded; {@code sign_type} is not signed
   * @throws IllegalArgumentException when the key is unreadable
   */
  public static String alipayNotify(String privateKeyPem, Map<String, String> fields) {
    return MerchantKey.parse(privateKeyPem).sign(AlipayScheme.signed(fields));
  }

  /**
   * The {@code sign} of an answer of Alipay.
   *
   * @param node the node {@code ..._response} or {@code error_response} exactly as it is sent
   * @throws IllegalArgumentException when the key is unreadable
   */
  public static String alipayAnswer(String privateKeyPem, String node) {
    return MerchantKey.parse(privateKeyPem).sign(Digest.utf8(node));
  }

  /** The parameter {@code sign} of a QiMen message; the query decoded, the body as it is sent. */
  public static String qimen(Secret secret, Map<String, String> query, byte[] body) {
    return Digest.upperHex(QimenSigner.digest(secret, query, body));
  }

  /** The field {@code sign} of a push of Kuaidi100. */
  public static String kuaidi100(Secret salt, String param) {
    return Digest.upperHex(Digest.md5(Digest.utf8(param), salt.bytes()));
  }

  /** The header {@code sign} of a push of 17track. */
  public static String track17(Secret key, byte[] body) {
    return Digest.lowerHex(Track17Scheme.hash(key, body));
  }

  /** The field {@code data_digest} of a message of Cainiao. */
  public static String cainiao(Secret secret, String content) {
    return StrictBase64.encode(CainiaoSigner.digest(secret, content));
  }

  /** The parameter {@code signature} of an event of a WeChat service account. */
  public static String wechatMp(Secret token, String timestamp, String nonce) {
    return Digest.lowerHex(WechatMpScheme.hash(token, timestamp, nonce));
  }

  /** HMAC-SHA256 over the body in hex, for scheme hmac-sha256. */
  public static String hmacSha256(Secret secret, byte[] body) {
    return Digest.lowerHex(Hmac.of(secret, body));
  }
}
