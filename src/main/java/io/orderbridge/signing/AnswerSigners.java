package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * How partners sign their answers, for counterparts that we play ourselves: the other side of
 * {@link RequestSigner#answered}. Without state.
 */
public final class AnswerSigners {
  private AnswerSigners() {}

  /**
   * A signed answer.
   *
   * @param headers beside those it has
   * @param body as it is to be sent
   */
  public record Signed(Map<String, String> headers, byte[] body) {}

  /**
   * Signs an answer.
   *
   * @param scheme the name at {@code sign: scheme:} of the call that is answered
   * @param key the partner's private key, PKCS#8 PEM
   * @param serial the name of the partner's key
   * @param node the one member of the body, where that alone is signed; null for a file
   * @throws IllegalArgumentException when partners of this scheme sign no answers
   */
  public static Signed sign(
      String scheme, String key, String serial, String node, byte[] body, Instant now) {
    if (scheme.equals(WechatPaySigner.NAME)) {
      String nonce = Digest.lowerHex(Digest.md5(body, Digest.utf8(now.toString())));
      return new Signed(
          Map.of(
              "Wechatpay-Serial",
              serial,
              "Wechatpay-Timestamp",
              Long.toString(now.getEpochSecond()),
              "Wechatpay-Nonce",
              nonce,
              "Wechatpay-Signature",
              Signer.wechatPay(key, now, nonce, body)),
          body);
    }
    if (scheme.equals(AlipaySigner.NAME) && node != null) {
      // The body has one member, and its text is what is signed.
      String whole = new String(body, StandardCharsets.UTF_8);
      String text = whole.substring(whole.indexOf(':') + 1, whole.length() - 1);
      String sign = ",\"sign\":\"" + Signer.alipayAnswer(key, text) + "\"}";
      return new Signed(Map.of(), Digest.utf8(whole.substring(0, whole.length() - 1) + sign));
    }
    if (scheme.equals(AlipaySigner.NAME)) {
      return new Signed(Map.of(), body);
    }
    throw new IllegalArgumentException("partners of scheme '" + scheme + "' sign no answers");
  }
}
