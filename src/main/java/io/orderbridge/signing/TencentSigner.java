package io.orderbridge.signing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tencent Cloud TC3-HMAC-SHA256 of API 3.0: over content-type, host and the hash of the body, with
 * a key derived for day and service.
 *
 * <p>Source: the example of Tencent's document, read 2026-11-22, reproduced.
 */
final class TencentSigner implements RequestScheme {
  static final String NAME = "tencent-tc3";

  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String AUTHORIZATION = "Authorization";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String TIMESTAMP = "X-TC-Timestamp";
  private static final String TOKEN = "X-TC-Token";
  private static final String REGION = "X-TC-Region";
  private static final String REQUEST = "tc3_request";
  private static final String SIGNED_HEADERS = "content-type;host";

  private final String key;
  private final Secret secret;
  private final String service;
  private final Optional<String> action;
  private final Optional<String> version;
  private final Optional<String> region;

  TencentSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.service = settings.required("service");
    this.action = settings.optional("action");
    this.version = settings.optional("version");
    this.region = settings.optional("region");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String timestamp = Long.toString(now.getEpochSecond());
    SignableRequest prepared =
        PerCall.header(PerCall.header(request, "X-TC-Action", action), "X-TC-Version", version)
            .withHeader(TIMESTAMP, timestamp);
    if (region.isPresent()) {
      prepared = prepared.withHeader(REGION, region.get());
    }
    if (token != null) {
      prepared = prepared.withHeader(TOKEN, token);
    }
    if (prepared.header(CONTENT_TYPE) == null) {
      prepared = prepared.withHeader(CONTENT_TYPE, "application/json; charset=utf-8");
    }
    String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    String scope = String.join("/", day, service, REQUEST);
    byte[] hash = Digest.sha256(Digest.utf8(canonical(prepared)));
    String text = String.join("\n", ALGORITHM, timestamp, scope, Digest.lowerHex(hash));
    return prepared.withHeader(
        AUTHORIZATION,
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, key, scope, SIGNED_HEADERS, signature(day, text)));
  }

  private static String canonical(SignableRequest request) {
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("content-type", request.header(CONTENT_TYPE));
    headers.put("host", Address.of(request).host());
    return String.join(
        "\n",
        request.method(),
        // The path of API 3.0 is always this one.
        "/",
        SignableRequest.encodedQuery(request.query()),
        PerCall.lines(headers),
        SIGNED_HEADERS,
        Digest.lowerHex(Digest.sha256(request.content())));
  }

  private String signature(String day, String text) {
    byte[] ofDay = Hmac.of(Digest.utf8("TC3" + secret.text()), Digest.utf8(day));
    byte[] ofService = Hmac.of(ofDay, Digest.utf8(service));
    byte[] signing = Hmac.of(ofService, Digest.utf8(REQUEST));
    return Digest.lowerHex(Hmac.of(signing, Digest.utf8(text)));
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(ClockText.seconds(received.header(TIMESTAMP)), received.header(TOKEN));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.header(AUTHORIZATION);
  }
}
