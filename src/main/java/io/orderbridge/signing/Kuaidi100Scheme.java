package io.orderbridge.signing;

import java.util.List;
import java.util.Optional;

/**
 * Kuaidi100 pushes: MD5 in hex over param and the salt of the subscription.
 *
 * <p>Source: kuaidi100-api/java-demo, 2026-04-13, read 2026-11-22.
 */
final class Kuaidi100Scheme extends FormDigest {
  static final String NAME = "kuaidi100";

  Kuaidi100Scheme(List<Secret> salts) {
    super(salts, "param", "sign");
  }

  @Override
  Optional<byte[]> received(String text) {
    return Digest.fromHex(text);
  }
}
