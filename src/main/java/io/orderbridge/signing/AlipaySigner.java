package io.orderbridge.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Alipay OpenAPI with RSA2: the sorted parameters, {@code sign_type} included; the answer is signed
 * as the raw text of its node. A token is the {@code app_auth_token} of another merchant.
 *
 * <p>Source: alipay-sdk-java 4.40.734, read 2026-11-22.
 */
final class AlipaySigner implements RequestScheme {
  static final String NAME = "alipay-rsa2";

  private static final String SIGN = "sign";
  private static final String TOKEN = "app_auth_token";
  private static final String TIMESTAMP = "timestamp";

  private final String appId;
  private final MerchantKey key;
  private final Optional<AlipayAnswer> answers;
  private final Optional<String> appCertificate;
  private final Optional<String> rootCertificate;

  AlipaySigner(SignSettings settings) {
    this.appId = settings.required("app-id");
    this.key = MerchantKey.of(settings, "private-key");
    this.answers =
        AnswerMode.signed(settings, "platform-key")
            ? Optional.of(new AlipayAnswer(PartnerKey.ofSetting(settings, "platform-key")))
            : Optional.empty();
    this.appCertificate = settings.optional("app-cert-sn");
    this.rootCertificate = settings.optional("root-cert-sn");
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    TreeMap<String, String> parameters = SortedParameters.of(request);
    parameters.put("app_id", appId);
    parameters.put(TIMESTAMP, ClockText.CHINA.of(now));
    parameters.put("charset", "utf-8");
    parameters.put("sign_type", "RSA2");
    parameters.putIfAbsent("format", "JSON");
    parameters.putIfAbsent("version", "1.0");
    appCertificate.ifPresent(serial -> parameters.put("app_cert_sn", serial));
    rootCertificate.ifPresent(serial -> parameters.put("alipay_root_cert_sn", serial));
    if (token != null) {
      parameters.put(TOKEN, token);
    }
    parameters.put(SIGN, key.sign(Digest.utf8(SortedParameters.pairs(parameters, SIGN))));
    return request.withParameters(parameters);
  }

  @Override
  public Verdict answered(UnaryOperator<String> headers, byte[] body, Instant now) {
    return answers.map(check -> check.verify(body, now)).orElse(Verdict.GENUINE);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.at(
        ClockText.CHINA.parse(received.parameters().get(TIMESTAMP)),
        received.parameters().get(TOKEN));
  }

  @Override
  public String proof(SignableRequest request) {
    return request.parameters().get(SIGN);
  }
}
