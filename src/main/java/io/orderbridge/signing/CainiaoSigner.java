package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * Cainiao LINK: Base64 of the MD5 over the content and the secret.
 *
 * <p>Source: two public clients, read 2026-11-22; no published example.
 */
final class CainiaoSigner implements RequestScheme {
  static final String NAME = "cainiao";
  static final String CONTENT = "logistics_interface";
  static final String DIGEST = "data_digest";

  private final String provider;
  private final Secret secret;
  private final Optional<String> toCode;

  CainiaoSigner(SignSettings settings) {
    this.provider = settings.required("provider-id");
    this.secret = settings.secret("secret");
    this.toCode = settings.optional("to-code");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String content = FormField.of(request, CONTENT);
    SignableRequest signed = request.withForm("logistic_provider_id", provider);
    if (toCode.isPresent()) {
      signed = signed.withForm("to_code", toCode.get());
    }
    return signed.withForm(DIGEST, StrictBase64.encode(digest(secret, content)));
  }

  static byte[] digest(Secret secret, String content) {
    return Digest.md5(Digest.utf8(content), secret.bytes());
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.nothing();
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(DIGEST);
  }
}
