package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * WeChat Pay APIv3 notifications: signed by the key that the serial names; the order itself is
 * encrypted inside the body.
 *
 * <p>Source: wechatpay-java 0.2.17, read 2026-11-22.
 */
final class WechatPayScheme implements SignatureScheme {
  static final String NAME = "wechat-pay";

  private final WechatPayProof proof;
  private final EncryptedResource resource;

  WechatPayScheme(Map<String, PartnerKey> keys, Secret apiKey, Duration tolerance) {
    this.proof = new WechatPayProof(keys, tolerance);
    this.resource = new EncryptedResource(apiKey);
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    return proof.verify(message, now);
  }

  @Override
  public byte[] open(byte[] body) {
    return resource.open(body);
  }
}
