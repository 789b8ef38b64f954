package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Yonyou YonBIP, the call that fetches a token: Base64 of the HMAC-SHA256 over the sorted query.
 * The query encodes the signature once; the partner's text shows it encoded.
 *
 * <p>Source: public clients, read 2026-11-22; no published example.
 */
final class YonyouTokenSigner implements RequestScheme {
  static final String NAME = "yonyou-token";

  private static final String SIGNATURE = "signature";
  private static final String TIMESTAMP = "timestamp";

  private final String key;
  private final Secret secret;

  YonyouTokenSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> query = SortedParameters.withoutEmpty(request.query());
    query.put("appKey", key);
    query.put(TIMESTAMP, Long.toString(now.toEpochMilli()));
    byte[] signed = SortedParameters.joined(query, SIGNATURE);
    query.put(SIGNATURE, StrictBase64.encode(Hmac.of(secret, signed)));
    return request.withQueries(query);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(ClockText.millis(received.query().get(TIMESTAMP)), null);
  }

  @Override
  public String proof(SignableRequest request) {
    return request.query().get(SIGNATURE);
  }
}
