package io.orderbridge.signing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A Feishu group robot: Base64 of an HMAC-SHA256 over nothing, whose key is time and secret; both
 * stand in the body.
 *
 * <p>Source: copies of Feishu's robot page, read 2026-11-22; no published example.
 */
final class FeishuSigner implements RequestScheme {
  static final String NAME = "feishu";

  private static final String SIGN = "sign";
  private static final String TIMESTAMP = "timestamp";
  private static final String BODY = "the body";

  private final Secret secret;

  FeishuSigner(SignSettings settings) {
    this.secret = settings.secret("secret");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String timestamp = Long.toString(now.getEpochSecond());
    byte[] key = Digest.utf8(timestamp + "\n" + secret.text());
    ObjectNode body = JsonTexts.object(request.content(), BODY);
    body.put(TIMESTAMP, timestamp);
    body.put(SIGN, StrictBase64.encode(Hmac.of(key)));
    return request.withBody(JsonTexts.bytes(body));
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    ObjectNode body = JsonTexts.object(received.content(), BODY);
    return Stated.at(ClockText.seconds(body.path(TIMESTAMP).textValue()), null);
  }

  @Override
  public String proof(SignableRequest request) {
    return JsonTexts.object(request.content(), BODY).path(SIGN).textValue();
  }
}
