package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Wangdiantong flagship: MD5 between two secrets over the sorted query, in which the raw body
 * counts as the parameter {@code body}. Time in seconds since 2012-01-01 in China.
 *
 * <p>Source: wangdian-sdk-php, read 2026-11-22; no published example.
 */
final class WangdianFlagshipSigner implements RequestScheme {
  static final String NAME = "wangdian-flagship";

  private static final long EPOCH = 1_325_347_200L;
  private static final String SIGN = "sign";
  private static final String TIMESTAMP = "timestamp";

  private final String sid;
  private final String key;
  private final Secret secret;
  private final String salt;
  private final String version;

  WangdianFlagshipSigner(SignSettings settings) {
    this.sid = settings.required("sid");
    this.key = settings.required("key");
    String[] parts = settings.required("secret").split(":", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw settings.wrong("secret", "is not <secret>:<salt>, as the partner gives it");
    }
    this.secret = Secret.of(parts[0]);
    this.salt = parts[1];
    this.version = settings.otherwise("version", "1.0");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> query = new TreeMap<>(request.query());
    query.put("sid", sid);
    query.put("key", key);
    query.put("salt", salt);
    query.put(TIMESTAMP, Long.toString(now.getEpochSecond() - EPOCH));
    query.putIfAbsent("v", version);
    query.put(SIGN, signature(query, request.content()));
    return request.withQueries(query);
  }

  private String signature(TreeMap<String, String> query, byte[] body) {
    // Around the body stand only ASCII names; the body is signed as its own bytes.
    byte[] before = SortedParameters.joined(query.headMap("body"), SIGN);
    byte[] after = SortedParameters.joined(query.tailMap("body"), SIGN);
    return Digest.lowerHex(
        Digest.md5(secret.bytes(), before, Digest.utf8("body"), body, after, secret.bytes()));
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(
        ClockText.seconds(received.query().get(TIMESTAMP)).map(at -> at.plusSeconds(EPOCH)), null);
  }

  @Override
  public String proof(SignableRequest request) {
    return request.query().get(SIGN);
  }
}
