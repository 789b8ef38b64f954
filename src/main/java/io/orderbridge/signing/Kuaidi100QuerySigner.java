package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * Kuaidi100 queries: MD5 over param, key and customer.
 *
 * <p>Source: kuaidi100-api/java-demo, 2026-04-13, read 2026-11-22.
 */
final class Kuaidi100QuerySigner implements RequestScheme {
  static final String NAME = "kuaidi100-query";

  private static final String SIGN = "sign";

  private final String customer;
  private final Secret key;

  Kuaidi100QuerySigner(SignSettings settings) {
    this.customer = settings.required("customer");
    this.key = settings.secret("key");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    byte[] param = Digest.utf8(FormField.of(request, "param"));
    String sign = Digest.upperHex(Digest.md5(param, key.bytes(), Digest.utf8(customer)));
    return request.withForm("customer", customer).withForm(SIGN, sign);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.nothing();
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
