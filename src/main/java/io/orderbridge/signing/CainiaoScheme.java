package io.orderbridge.signing;

import java.util.List;
import java.util.Optional;

/**
 * Cainiao LINK pushes: MD5 in Base64 over the content and the secret.
 *
 * <p>Source: two public clients, read 2026-11-22; no published example.
 */
final class CainiaoScheme extends FormDigest {
  static final String NAME = "cainiao";

  CainiaoScheme(List<Secret> secrets) {
    super(secrets, CainiaoSigner.CONTENT, CainiaoSigner.DIGEST);
  }

  @Override
  Optional<byte[]> received(String text) {
    return StrictBase64.decode(text);
  }
}
