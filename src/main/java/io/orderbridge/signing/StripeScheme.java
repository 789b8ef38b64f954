package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stripe webhooks: {@code t=<seconds>,v1=<hex>}, several v1 during a rotation; HMAC-SHA256 over
 * time, full stop and raw body. The whole {@code whsec_} text is the key. Other than Stripe's SDK
 * we also refuse a time in the future.
 *
 * <p>Source: stripe-java 33.3.0, read 2026-11-22.
 */
final class StripeScheme implements SignatureScheme {
  static final String NAME = "stripe";

  private static final String HEADER = "Stripe-Signature";
  private static final String TIME = "t=";
  private static final String VERSION = "v1=";

  private final List<Secret> secrets;
  private final Distance tolerance;

  StripeScheme(List<Secret> secrets, Duration tolerance) {
    this.secrets = secrets;
    this.tolerance = new Distance(tolerance);
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    String header = message.header(HEADER);
    if (header == null) {
      return Verdict.forged("no header " + HEADER);
    }
    String timestamp = null;
    List<byte[]> received = new ArrayList<>();
    for (String item : header.split(",", -1)) {
      if (item.startsWith(TIME)) {
        if (timestamp != null) {
          return Verdict.forged(HEADER + " holds two times");
        }
        timestamp = item.substring(TIME.length());
      } else if (item.startsWith(VERSION)) {
        Digest.fromHex(item.substring(VERSION.length())).ifPresent(received::add);
      }
    }
    Optional<String> wrong = tolerance.wrong("t of " + HEADER, ClockText.seconds(timestamp), now);
    if (wrong.isPresent()) {
      return Verdict.forged(wrong.get());
    }
    return verifySignatures(timestamp, message.body(), received);
  }

  private Verdict verifySignatures(String timestamp, byte[] body, List<byte[]> received) {
    if (received.isEmpty()) {
      return Verdict.forged(HEADER + " holds no v1=<hex>");
    }
    List<byte[]> expected = secrets.stream().map(key -> mac(key, timestamp, body)).toList();
    return Hmac.anyMatches(expected, received)
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(secrets.size()));
  }

  static byte[] mac(Secret key, String timestamp, byte[] body) {
    return Hmac.of(key, Digest.utf8(timestamp + "."), body);
  }
}
