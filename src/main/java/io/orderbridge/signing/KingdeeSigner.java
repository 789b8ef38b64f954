package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * Kingdee K3Cloud, signed call without session: one group of headers signs account and user, the
 * other, for an AppID of two parts, signs path, nonce and time.
 *
 * <p>Source: golden values of the official Python SDK 8.2.0, read 2026-11-22, reproduced. The whole
 * body is not signed: TLS alone protects it.
 */
final class KingdeeSigner implements RequestScheme {
  static final String NAME = "kingdee";

  // The SDK mixes this into the second part of every AppID; it is the same for everybody.
  private static final String MIXED_IN = "0054f397c6234378b09ca7d3e5debce7";
  private static final String API_SIGNATURE = "X-Api-Signature";
  private static final String KD_SIGNATURE = "X-Kd-Signature";
  private static final String NONCE = "x-api-nonce";
  private static final String TIMESTAMP = "x-api-timestamp";

  private final String appId;
  private final Secret appSecret;
  private final String account;
  // Empty for an AppID of one part.
  private final Optional<Secret> apiSecret;

  KingdeeSigner(SignSettings settings) {
    this.appId = settings.required("app-id");
    this.appSecret = settings.secret("app-secret");
    this.account =
        String.join(
            ",",
            settings.required("acct-id"),
            settings.required("user"),
            settings.otherwise("lcid", "2052"),
            settings.otherwise("org", "0"));
    int split = appId.indexOf('_');
    this.apiSecret =
        split < 0
            ? Optional.empty()
            : Optional.of(Secret.of(decoded(settings, appId.substring(split + 1))));
  }

  private static String decoded(SignSettings settings, String blob) {
    return apiSecret(blob)
        .orElseThrow(
            () ->
                settings.wrong(
                    "app-id",
                    "is not <client id>_<Base64 of at most %d bytes>"
                        .formatted(MIXED_IN.length())));
  }

  /** The secret that hides in the second part of an AppID; empty when it is unreadable. */
  static Optional<String> apiSecret(String blob) {
    byte[] mixed = Digest.utf8(MIXED_IN);
    return StrictBase64.decode(blob)
        .filter(bytes -> bytes.length > 0 && bytes.length <= mixed.length)
        .map(
            bytes -> {
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= mixed[i];
              }
              return StrictBase64.encode(bytes);
            });
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    SignableRequest signed =
        request
            .withHeader("X-Kd-Appkey", appId)
            .withHeader("X-Kd-Appdata", StrictBase64.encode(Digest.utf8(account)))
            .withHeader(KD_SIGNATURE, signature(appSecret, appId + account));
    if (apiSecret.isEmpty()) {
      return signed;
    }
    String timestamp = Long.toString(now.getEpochSecond());
    String path = SignableRequest.percentEncoded(Address.of(request).path());
    String text =
        "%s\n%s\n\n%s:%s\n%s:%s\n"
            .formatted(request.method(), path, NONCE, nonce, TIMESTAMP, timestamp);
    return signed
        .withHeader("X-Api-ClientID", appId.substring(0, appId.indexOf('_')))
        .withHeader("X-Api-Auth-Version", "2.0")
        .withHeader(TIMESTAMP, timestamp)
        .withHeader(NONCE, nonce)
        .withHeader("x-api-signheaders", TIMESTAMP + "," + NONCE)
        .withHeader(API_SIGNATURE, signature(apiSecret.get(), text));
  }

  /** Base64 of the hex text, as the SDK does. */
  private static String signature(Secret key, String text) {
    return StrictBase64.encode(Digest.utf8(Digest.lowerHex(Hmac.of(key, Digest.utf8(text)))));
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    if (apiSecret.isEmpty()) {
      return Stated.nothing();
    }
    String nonce = received.header(NONCE);
    return ClockText.seconds(received.header(TIMESTAMP))
        .filter(at -> nonce != null)
        .map(at -> new Stated(at, nonce, null));
  }

  @Override
  public String proof(SignableRequest request) {
    String api = request.header(API_SIGNATURE);
    String account = request.header(KD_SIGNATURE);
    return account == null || api == null && apiSecret.isPresent() ? null : account + " " + api;
  }
}
