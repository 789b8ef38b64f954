package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Jushuitan: MD5 over the secret and the sorted parameters, in lower case, no secret behind.
 *
 * <p>Source: open.jushuitan.com and public clients, read 2026-11-22; no published example.
 */
final class JushuitanSigner implements RequestScheme {
  static final String NAME = "jushuitan-md5";

  private static final String SIGN = "sign";
  private static final String TOKEN = "access_token";
  private static final String TIMESTAMP = "timestamp";

  private final String key;
  private final Secret secret;
  private final String version;

  JushuitanSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.version = settings.otherwise("version", "2");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> parameters = SortedParameters.of(request);
    parameters.put("app_key", key);
    parameters.put(TIMESTAMP, Long.toString(now.getEpochSecond()));
    parameters.putIfAbsent("charset", "utf-8");
    parameters.putIfAbsent("version", version);
    if (token != null) {
      parameters.put(TOKEN, token);
    }
    byte[] signed = SortedParameters.joined(parameters, SIGN);
    parameters.put(SIGN, Digest.lowerHex(Digest.md5(secret.bytes(), signed)));
    return request.withParameters(parameters);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(
        ClockText.seconds(received.parameters().get(TIMESTAMP)), received.parameters().get(TOKEN));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
