package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Taobao Open Platform: the sorted parameters with the app secret; the session is the token.
 *
 * <p>Source: TOP API documents, read 2026-11-22; the MD5 example of the document is reproduced.
 * hmac-sha256 has no published example.
 */
final class TopSigner implements RequestScheme {
  static final String MD5 = "top-md5";
  static final String HMAC = "top-hmac";
  static final String HMAC_SHA256 = "top-hmac-sha256";

  private static final String SIGN = "sign";
  private static final String SESSION = "session";
  private static final String TIMESTAMP = "timestamp";

  private final String signMethod;
  private final String key;
  private final Secret secret;
  private final String format;
  private final String version;

  TopSigner(String signMethod, SignSettings settings) {
    this.signMethod = signMethod;
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.format = settings.otherwise("format", "json");
    this.version = settings.otherwise("version", "2.0");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> parameters = SortedParameters.of(request);
    parameters.put("app_key", key);
    parameters.put(TIMESTAMP, ClockText.CHINA.of(now));
    parameters.put("sign_method", signMethod);
    parameters.putIfAbsent("format", format);
    parameters.putIfAbsent("v", version);
    if (token != null) {
      parameters.put(SESSION, token);
    }
    parameters.put(SIGN, Digest.upperHex(digest(SortedParameters.joined(parameters, SIGN))));
    return request.withParameters(parameters);
  }

  private byte[] digest(byte[] signed) {
    return switch (signMethod) {
      case "hmac" -> Hmac.md5(secret, signed);
      case "hmac-sha256" -> Hmac.of(secret, signed);
      default -> Digest.md5(secret.bytes(), signed, secret.bytes());
    };
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(
        ClockText.CHINA.parse(received.parameters().get(TIMESTAMP)),
        received.parameters().get(SESSION));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
