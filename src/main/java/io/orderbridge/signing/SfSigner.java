package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * SF Express: Base64 of the MD5 over the form-encoded text of msgData, time and check word; with a
 * token no digest. Signed is the very text of msgData that is sent.
 *
 * <p>Source: SF open platform overview, read 2026-11-22; its example is reproduced with the compact
 * JSON only.
 */
final class SfSigner implements RequestScheme {
  static final String NAME = "sf";

  private static final String CONTENT = "msgData";
  private static final String TIMESTAMP = "timestamp";
  private static final String DIGEST = "msgDigest";
  private static final String TOKEN = "accessToken";
  private static final String REQUEST = "requestID";
  private static final String PARTNER = "partnerID";

  private final String partner;
  private final Secret checkWord;

  SfSigner(SignSettings settings) {
    this.partner = settings.required("partner-id");
    this.checkWord = settings.secret("check-word");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String timestamp = Long.toString(now.toEpochMilli());
    SignableRequest signed =
        request.withForm(PARTNER, partner).withForm(REQUEST, nonce).withForm(TIMESTAMP, timestamp);
    return token != null
        ? signed.withForm(TOKEN, token)
        : signed.withForm(DIGEST, digest(FormField.of(request, CONTENT) + timestamp));
  }

  private String digest(String text) {
    String encoded = SignableRequest.formEncoded(text + checkWord.text());
    return StrictBase64.encode(Digest.md5(Digest.utf8(encoded)));
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    if (received.form() == null || !partner.equals(received.form().get(PARTNER))) {
      return Optional.empty();
    }
    String nonce = received.form().getOrDefault(REQUEST, "");
    return ClockText.millis(received.form().get(TIMESTAMP))
        .map(at -> new Stated(at, nonce, received.form().get(TOKEN)));
  }

  @Override
  public String proof(SignableRequest request) {
    String token = request.parameters().get(TOKEN);
    return token != null ? token : request.parameters().get(DIGEST);
  }
}
