package io.orderbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Shopify webhooks: Base64 of the HMAC-SHA256 over the raw body. There is no time stamp in it, so a
 * replay is stopped by the message id alone.
 *
 * <p>Source: headers and the empty-body rule of {@code shopify-api-js}, read 2026-11-22.
 */
final class ShopifyScheme implements SignatureScheme {
  static final String NAME = "shopify";

  // The "events" dialect; Shopify's own library takes it when both are there.
  private static final String HEADER_EVENTS = "shopify-hmac-sha256";
  private static final String HEADER = "X-Shopify-Hmac-Sha256";

  private final List<Secret> secrets;

  ShopifyScheme(List<Secret> secrets) {
    this.secrets = secrets;
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    String events = message.header(HEADER_EVENTS);
    String signature = events != null ? events : message.header(HEADER);
    if (signature == null) {
      return Verdict.forged("no header " + HEADER + " or " + HEADER_EVENTS);
    }
    if (message.body().length == 0) {
      return Verdict.forged("body is empty");
    }
    Optional<byte[]> received = StrictBase64.decode(signature);
    if (received.isEmpty()) {
      return Verdict.forged("signature is not Base64");
    }
    List<byte[]> expected =
        secrets.stream().map(secret -> Hmac.of(secret, message.body())).toList();
    return Hmac.anyMatches(expected, List.of(received.get()))
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(secrets.size()));
  }
}
