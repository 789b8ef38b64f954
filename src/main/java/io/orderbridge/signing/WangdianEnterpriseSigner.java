package io.orderbridge.signing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Wangdiantong enterprise: MD5 over the sorted parameters, each written with the lengths of name
 * and value, and the secret. Lengths count characters, not bytes.
 *
 * <p>Source: public clients, read 2026-11-22; no published example.
 */
final class WangdianEnterpriseSigner implements RequestScheme {
  static final String NAME = "wangdian-enterprise";

  private static final String SIGN = "sign";
  private static final String TIMESTAMP = "timestamp";

  private final String sid;
  private final String key;
  private final Secret secret;

  WangdianEnterpriseSigner(SignSettings settings) {
    this.sid = settings.required("sid");
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> parameters = SortedParameters.of(request);
    parameters.remove(SIGN);
    parameters.put("sid", sid);
    parameters.put("appkey", key);
    parameters.put(TIMESTAMP, Long.toString(now.getEpochSecond()));
    byte[] packed = Digest.utf8(packed(parameters));
    parameters.put(SIGN, Digest.lowerHex(Digest.md5(packed, secret.bytes())));
    return request.withParameters(parameters);
  }

  private static String packed(TreeMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(WangdianEnterpriseSigner::packed)
        .collect(Collectors.joining(";"));
  }

  private static String packed(Map.Entry<String, String> pair) {
    return "%02d-%s:%04d-%s"
        .formatted(
            characters(pair.getKey()), pair.getKey(), characters(pair.getValue()), pair.getValue());
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(ClockText.seconds(received.parameters().get(TIMESTAMP)), null);
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
