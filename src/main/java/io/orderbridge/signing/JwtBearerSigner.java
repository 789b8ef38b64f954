package io.orderbridge.signing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * OAuth 2.0 with an assertion in the place of a password (RFC 7523): the form says who asks, as a
 * JSON Web Token that our own RSA key signs (RS256, RFC 7515). What is answered is an access token.
 *
 * <p>Source: RFC 7515 and 7523; firebase-admin 9.11.0 for what a service account puts in, read
 * 2026-11-22.
 */
final class JwtBearerSigner implements RequestScheme {
  static final String NAME = "jwt-bearer";

  private static final String ASSERTION = "assertion";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  // The longest that Google takes.
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final String issuer;
  private final String audience;
  private final MerchantKey key;
  private final Optional<String> scope;
  private final Optional<String> keyId;

  JwtBearerSigner(SignSettings settings) {
    this.issuer = settings.required("issuer");
    this.audience = settings.required("audience");
    this.key = MerchantKey.of(settings, "private-key");
    this.scope = settings.optional("scope");
    this.keyId = settings.optional("key-id");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("alg", "RS256").put("typ", "JWT");
    keyId.ifPresent(id -> header.put("kid", id));
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("iss", issuer);
    scope.ifPresent(text -> claims.put("scope", text));
    claims
        .put("aud", audience)
        .put("iat", now.getEpochSecond())
        .put("exp", now.plus(LIFE).getEpochSecond());
    String said = encoded(JsonTexts.bytes(header)) + "." + encoded(JsonTexts.bytes(claims));
    byte[] signature =
        Base64.getDecoder().decode(key.sign(said.getBytes(StandardCharsets.US_ASCII)));
    return request
        .withForm("grant_type", GRANT)
        .withForm(ASSERTION, said + "." + encoded(signature));
  }

  private static String encoded(byte[] bytes) {
    return URL.encodeToString(bytes);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    String[] parts = String.valueOf(proof(received)).split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
    long issued = JsonTexts.object(claims, "the claims of the assertion").path("iat").asLong();
    return Stated.at(ClockText.seconds(Long.toString(issued)), null);
  }

  @Override
  public String proof(SignableRequest request) {
    return request.form() == null ? null : request.form().get(ASSERTION);
  }
}
