package io.orderbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * 17track pushes: plain SHA-256 over the raw body, a slash and the API key. No time is in it.
 *
 * <p>Source: a public client of v2.4, read 2026-11-22; no published example.
 */
final class Track17Scheme implements SignatureScheme {
  static final String NAME = "17track";

  private static final String HEADER = "sign";

  private final List<Secret> keys;

  Track17Scheme(List<Secret> keys) {
    this.keys = keys;
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    String sign = message.header(HEADER);
    Optional<byte[]> received = sign == null ? Optional.empty() : Digest.fromHex(sign);
    if (received.isEmpty() || message.body().length == 0) {
      return Verdict.forged("header sign is missing or no hex, or the body is empty");
    }
    List<byte[]> expected = keys.stream().map(key -> hash(key, message.body())).toList();
    return Hmac.anyMatches(expected, List.of(received.get()))
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(keys.size()));
  }

  static byte[] hash(Secret key, byte[] body) {
    return Digest.sha256(body, Digest.utf8("/"), key.bytes());
  }
}
