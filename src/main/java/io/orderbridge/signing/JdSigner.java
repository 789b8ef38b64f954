package io.orderbridge.signing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JD open service (JOS): MD5 over the sorted parameters between two secrets.
 *
 * <p>Source: the signature example of the JOS document, read 2026-11-22, reproduced. It writes the
 * time with milliseconds and zone, the text says without: hence the setting.
 */
final class JdSigner implements RequestScheme {
  static final String NAME = "jd-md5";

  private static final String SIGN = "sign";
  private static final String TOKEN = "access_token";
  private static final String TIMESTAMP = "timestamp";

  private final String key;
  private final Secret secret;
  private final String version;
  private final ClockText clock;

  JdSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.version = settings.otherwise("version", "2.0");
    this.clock =
        settings
            .optional("timestamp-pattern")
            .map(pattern -> clock(settings, pattern))
            .orElse(ClockText.CHINA);
  }

  private static ClockText clock(SignSettings settings, String pattern) {
    try {
      return new ClockText(pattern, ZoneOffset.ofHours(8));
    } catch (IllegalArgumentException e) {
      throw settings.wrong(
          "timestamp-pattern", "is no pattern of a time, expected yyyy-MM-dd HH:mm:ss or the like");
    }
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> parameters = SortedParameters.of(request);
    parameters.put("app_key", key);
    parameters.put(TIMESTAMP, clock.of(now));
    parameters.putIfAbsent("v", version);
    if (token != null) {
      parameters.put(TOKEN, token);
    }
    byte[] signed = SortedParameters.joined(parameters, SIGN);
    parameters.put(SIGN, Digest.upperHex(Digest.md5(secret.bytes(), signed, secret.bytes())));
    return request.withParameters(parameters);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(
        clock.parse(received.parameters().get(TIMESTAMP)), received.parameters().get(TOKEN));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
