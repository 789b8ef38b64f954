package io.orderbridge.signing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * QiMen: MD5 over the sorted query and the raw body between two secrets.
 *
 * <p>Source: the sign rule of QiMen's document 118404, read 2026-11-22. The value printed there
 * cannot be reproduced from its own inputs.
 */
final class QimenSigner implements RequestScheme {
  static final String NAME = "qimen-md5";
  static final String SIGN = "sign";
  static final String TIMESTAMP = "timestamp";

  private final String key;
  private final Secret secret;
  private final String customerId;
  private final String format;
  private final String version;

  QimenSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.customerId = settings.required("customer-id");
    this.format = settings.otherwise("format", "xml");
    this.version = settings.otherwise("version", "2.0");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> query = SortedParameters.withoutEmpty(request.query());
    query.put("app_key", key);
    query.put("customerId", customerId);
    query.put(TIMESTAMP, ClockText.CHINA.of(now));
    query.put("sign_method", "md5");
    query.putIfAbsent("format", format);
    query.putIfAbsent("v", version);
    query.put(SIGN, Digest.upperHex(digest(secret, query, request.content())));
    return request.withQueries(query);
  }

  static byte[] digest(Secret secret, Map<String, String> query, byte[] body) {
    byte[] joined = SortedParameters.joined(query, SIGN);
    return Digest.md5(secret.bytes(), joined, body, secret.bytes());
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(ClockText.CHINA.parse(received.query().get(TIMESTAMP)), null);
  }

  @Override
  public String proof(SignableRequest request) {
    return request.query().get(SIGN);
  }
}
