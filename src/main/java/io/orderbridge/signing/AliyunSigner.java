package io.orderbridge.signing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Aliyun ACS3-HMAC-SHA256: over method, path, query, the headers host, content-type and x-acs-*,
 * and the hash of the body.
 *
 * <p>Source: the example of Aliyun's document and openapiutil, read 2026-11-22, both reproduced.
 */
final class AliyunSigner implements RequestScheme {
  static final String NAME = "aliyun-acs3";

  private static final String ALGORITHM = "ACS3-HMAC-SHA256";
  private static final String AUTHORIZATION = "Authorization";
  private static final String PREFIX = "x-acs-";
  private static final String DATE = PREFIX + "date";
  private static final String NONCE = PREFIX + "signature-nonce";

  private final String key;
  private final Secret secret;
  private final Optional<String> action;
  private final Optional<String> version;
  private final Optional<String> securityToken;

  AliyunSigner(SignSettings settings) {
    this.key = settings.required("key");
    this.secret = settings.secret("secret");
    this.action = settings.optional("action");
    this.version = settings.optional("version");
    this.securityToken = settings.optional("security-token");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String hash = Digest.lowerHex(Digest.sha256(request.content()));
    SignableRequest prepared =
        PerCall.header(PerCall.header(request, "x-acs-action", action), "x-acs-version", version)
            .withHeader(DATE, now.truncatedTo(ChronoUnit.SECONDS).toString())
            .withHeader(NONCE, nonce)
            .withHeader("x-acs-content-sha256", hash);
    if (securityToken.isPresent()) {
      prepared = prepared.withHeader("x-acs-security-token", securityToken.get());
    }
    TreeMap<String, String> headers = signedHeaders(prepared);
    String names = String.join(";", headers.keySet());
    String canonical =
        String.join(
            "\n",
            prepared.method(),
            Address.of(prepared).path(),
            SignableRequest.encodedQuery(new TreeMap<>(prepared.query())),
            PerCall.lines(headers),
            names,
            hash);
    String text = ALGORITHM + "\n" + Digest.lowerHex(Digest.sha256(Digest.utf8(canonical)));
    return prepared.withHeader(
        AUTHORIZATION,
        "%s Credential=%s,SignedHeaders=%s,Signature=%s"
            .formatted(ALGORITHM, key, names, Digest.lowerHex(Hmac.of(secret, Digest.utf8(text)))));
  }

  private static TreeMap<String, String> signedHeaders(SignableRequest request) {
    TreeMap<String, String> signed =
        request.headers().entrySet().stream()
            .map(h -> Map.entry(h.getKey().toLowerCase(Locale.ROOT), h.getValue().trim()))
            .filter(h -> h.getKey().startsWith(PREFIX) || h.getKey().equals("content-type"))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    signed.put("host", Address.of(request).host());
    return signed;
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    String nonce = received.header(NONCE);
    return PerCall.instant(received.header(DATE))
        .filter(at -> nonce != null)
        .map(at -> new Stated(at, nonce, null));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.header(AUTHORIZATION);
  }
}
