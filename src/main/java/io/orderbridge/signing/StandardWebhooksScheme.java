package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Standard Webhooks, symmetric: {@code v1,} and Base64 of the HMAC-SHA256 over {@code
 * id.timestamp.body}, several signatures separated by blanks.
 *
 * <p>Source: https://www.standardwebhooks.com, specification 1.0, read 2026-11-23.
 */
final class StandardWebhooksScheme implements SignatureScheme {
  static final String NAME = "standard-webhooks";

  private static final String HEADER_ID = "webhook-id";
  private static final String HEADER_TIMESTAMP = "webhook-timestamp";
  private static final String HEADER_SIGNATURE = "webhook-signature";
  private static final String VERSION_PREFIX = "v1,";
  private static final String SECRET_PREFIX = "whsec_";

  private final List<Secret> keys;
  private final Duration tolerance;

  StandardWebhooksScheme(List<Secret> secrets, Duration tolerance) {
    this.keys = secrets.stream().map(StandardWebhooksScheme::key).toList();
    this.tolerance = tolerance;
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    String id = message.header(HEADER_ID);
    String timestamp = message.header(HEADER_TIMESTAMP);
    String signatures = message.header(HEADER_SIGNATURE);
    if (id == null || timestamp == null || signatures == null) {
      return Verdict.forged(
          "headers %s, %s and %s must all be there"
              .formatted(HEADER_ID, HEADER_TIMESTAMP, HEADER_SIGNATURE));
    }
    // The stop separates the signed parts: with one in the id, bytes could move between them.
    if (id.isEmpty() || id.indexOf('.') >= 0) {
      return Verdict.forged(HEADER_ID + " is empty or holds a full stop");
    }
    Optional<TimeStamp> stamp = TimeStamp.parse(timestamp);
    if (stamp.isEmpty()) {
      return Verdict.forged(HEADER_TIMESTAMP + " is not a number of seconds");
    }
    Duration distance = stamp.get().distance(now);
    if (distance.compareTo(tolerance) > 0) {
      return Verdict.forged(
          "%s is %s from our time, allowed %s".formatted(HEADER_TIMESTAMP, distance, tolerance));
    }
    return verifySignatures(id, timestamp, message.body(), signatures);
  }

  private Verdict verifySignatures(String id, String timestamp, byte[] body, String signatures) {
    List<byte[]> received = new ArrayList<>();
    for (String signature : signatures.split(" ")) {
      if (signature.startsWith(VERSION_PREFIX)) {
        StrictBase64.decode(signature.substring(VERSION_PREFIX.length())).ifPresent(received::add);
      }
    }
    if (received.isEmpty()) {
      return Verdict.forged(HEADER_SIGNATURE + " holds no v1,<Base64>");
    }
    List<byte[]> expected = keys.stream().map(key -> signature(key, id, timestamp, body)).toList();
    return Hmac.anyMatches(expected, received)
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(keys.size()));
  }

  static byte[] signature(Secret key, String id, String timestamp, byte[] body) {
    byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    return Hmac.of(key, prefix, body);
  }

  /** Behind {@code whsec_} stands Base64; any other secret is its own bytes. */
  static Secret key(Secret secret) {
    String text = new String(secret.bytes(), StandardCharsets.UTF_8);
    if (!text.startsWith(SECRET_PREFIX)) {
      return secret;
    }
    try {
      return Secret.of(Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length())));
    } catch (IllegalArgumentException e) {
      // The cause is left out: the decoder's message quotes characters of the secret.
      throw new IllegalArgumentException(
          "'secrets' of receives: holds %s, which begins with whsec_ but goes on with no Base64; "
                  .formatted(secret)
              + "copy it again from the sender's page of the webhook");
    }
  }
}
