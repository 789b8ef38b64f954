package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * A DingTalk group robot: Base64 of the HMAC-SHA256 over time and secret, in the query.
 *
 * <p>Source: copies of DingTalk's robot page, read 2026-11-22; no published example.
 */
final class DingtalkSigner implements RequestScheme {
  static final String NAME = "dingtalk";

  private static final String SIGN = "sign";
  private static final String TIMESTAMP = "timestamp";
  private static final String TOKEN = "access_token";

  private final Secret secret;
  private final Optional<Secret> accessToken;

  DingtalkSigner(SignSettings settings) {
    this.secret = settings.secret("secret");
    this.accessToken = settings.optional("access-token").map(Secret::of);
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String timestamp = Long.toString(now.toEpochMilli());
    byte[] signature = Hmac.of(secret, Digest.utf8(timestamp + "\n"), secret.bytes());
    String access = accessToken.map(Secret::text).orElse(token);
    SignableRequest signed = access == null ? request : request.withQuery(TOKEN, access);
    return signed.withQuery(TIMESTAMP, timestamp).withQuery(SIGN, StrictBase64.encode(signature));
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(
        ClockText.millis(received.query().get(TIMESTAMP)), received.query().get(TOKEN));
  }

  @Override
  public String proof(SignableRequest request) {
    String sign = request.query().get(SIGN);
    return sign == null ? null : sign + " " + request.query().get(TOKEN);
  }
}
