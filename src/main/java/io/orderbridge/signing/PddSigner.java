package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pinduoduo: MD5 over the sorted parameters between two secrets, time in seconds.
 *
 * <p>Source: the signature example of the open platform's guide, read 2026-11-22, reproduced.
 */
final class PddSigner implements RequestScheme {
  static final String NAME = "pdd-md5";

  private static final String SIGN = "sign";
  private static final String TOKEN = "access_token";
  private static final String TIMESTAMP = "timestamp";

  private final String key;
  private final Secret secret;
  private final String answerType;
  private final Optional<String> version;

  PddSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.answerType = settings.otherwise("data-type", "JSON");
    this.version = settings.optional("version");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> parameters = SortedParameters.of(request);
    parameters.put("client_id", key);
    parameters.put(TIMESTAMP, Long.toString(now.getEpochSecond()));
    parameters.putIfAbsent("data_type", answerType);
    version.ifPresent(text -> parameters.putIfAbsent("version", text));
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
        ClockText.seconds(received.parameters().get(TIMESTAMP)), received.parameters().get(TOKEN));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
