package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WeChat Pay APIv3: SHA256withRSA over method, path with query, time, nonce and body; answers are
 * signed like notifications. Downloads of bills carry no signature: their call says {@code answers:
 * unsigned} and checks the hash.
 *
 * <p>Source: wechatpay-java 0.2.17, read 2026-11-22.
 */
final class WechatPaySigner implements RequestScheme {
  static final String NAME = "wechat-pay";

  private static final String AUTHORIZATION = "Authorization";
  private static final String FORMAT =
      "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%s\",serial_no=\"%s\","
          + "signature=\"%s\"";
  private static final Pattern STATED =
      Pattern.compile(".*nonce_str=\"([^\"]{1,64})\",timestamp=\"([0-9]{1,12})\".*");
  // What the SDK allows.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String merchant;
  private final String serial;
  private final MerchantKey key;
  private final Optional<WechatPayProof> answers;

  WechatPaySigner(SignSettings settings) {
    this.merchant = settings.required("mchid");
    this.serial = settings.required("serial");
    this.key = MerchantKey.of(settings, "private-key");
    this.answers =
        AnswerMode.signed(settings, "platform-key")
            ? Optional.of(new WechatPayProof(platformKeys(settings), TOLERANCE))
            : Optional.empty();
  }

  private static Map<String, PartnerKey> platformKeys(SignSettings settings) {
    Map<String, PartnerKey> keys = new HashMap<>();
    keys.put(settings.required("platform-serial"), PartnerKey.ofSetting(settings, "platform-key"));
    if (settings.optional("platform-key-2").isPresent()) {
      keys.put(
          settings.required("platform-serial-2"), PartnerKey.ofSetting(settings, "platform-key-2"));
    }
    return keys;
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    String timestamp = Long.toString(now.getEpochSecond());
    String query =
        request.query().isEmpty() ? "" : "?" + SignableRequest.encodedQuery(request.query());
    String before =
        String.join(
            "\n", request.method(), Address.of(request).path() + query, timestamp, nonce, "");
    String signature = key.sign(Digest.utf8(before), request.content(), Digest.utf8("\n"));
    return request.withHeader(
        AUTHORIZATION, FORMAT.formatted(merchant, nonce, timestamp, serial, signature));
  }

  @Override
  public Verdict answered(UnaryOperator<String> headers, byte[] body, Instant now) {
    return answers
        .map(proof -> proof.verify(new SignedMessage(headers, body), now))
        .orElse(Verdict.GENUINE);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    Matcher matcher = STATED.matcher(String.valueOf(received.header(AUTHORIZATION)));
    return matcher.matches()
        ? Optional.of(
            new Stated(
                Instant.ofEpochSecond(Long.parseLong(matcher.group(2))), matcher.group(1), null))
        : Optional.empty();
  }

  @Override
  public String proof(SignableRequest request) {
    return request.header(AUTHORIZATION);
  }
}
