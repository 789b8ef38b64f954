package io.orderbridge.signing;

import java.io.ByteArrayOutputStream;
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
   * @param node the name under which the body stands in the answer, or null
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
    if (scheme.equals(AlipaySigner.NAME)) {
      String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(Digest.utf8("{\"" + node + "\":"));
      whole.writeBytes(body);
      whole.writeBytes(Digest.utf8(",\"sign\":\"" + Signer.alipayAnswer(key, text) + "\"}"));
      return new Signed(Map.of(), whole.toByteArray());
    }
    throw new IllegalArgumentException("partners of scheme '" + scheme + "' sign no answers");
  }
}
