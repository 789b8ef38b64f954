package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R50")
@Tag("R51")
@Tag("R52")
@Tag("R71")
@Tag("R72")
@Tag("R73")
class RequestSignersTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00.123Z");
  private static final String NONCE = "593BEC0C930BF1AFEB40B4A08C8FB242";
  private static final String TOKEN = "token-token";

  // A credential proves who calls, it covers no content.
  private static final Set<String> CREDENTIALS =
      Set.of(
          "shopify-token",
          "stripe-key",
          "17track",
          "jpush-basic",
          "basic",
          "bearer",
          "header",
          "query",
          "erpnext-token");
  // These sign time and secret, or put the key inside: nothing of the content.
  private static final Set<String> CONTENT_FREE =
      Set.of("dingtalk", "feishu", "jwt-bearer", "kingdee", "kuaidi100-poll");

  static List<Samples.Sample> samples() {
    return Samples.all();
  }

  @Test
  void every_scheme_has_a_sample_and_every_name_a_scheme() {
    assertThat(samples().stream().map(Samples.Sample::scheme))
        .containsExactlyInAnyOrderElementsOf(RequestSigners.names());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void what_is_signed_fits_and_is_the_same_when_signed_again(Samples.Sample sample) {
    SignableRequest signed = signed(sample, sample.settings());

    assertThat(RequestSigners.fits(sample.settings(), signed)).isTrue();
    SignableRequest again =
        RequestSigners.of(sample.settings()).sign(signed, token(sample), NOW, NONCE);
    assertThat(again.target()).isEqualTo(signed.target());
    assertThat(again.content()).isEqualTo(signed.content());
    assertThat(again.headers()).isEqualTo(signed.headers());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void another_secret_does_not_fit(Samples.Sample sample) {
    Map<String, String> wrong = new HashMap<>(sample.settings());
    wrong.put(sample.secretSetting(), another(sample));

    assertThat(RequestSigners.fits(wrong, signed(sample, sample.settings()))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_request_that_was_never_signed_does_not_fit(Samples.Sample sample) {
    assertThat(RequestSigners.fits(sample.settings(), sample.request())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_changed_content_does_not_fit_where_content_is_signed(Samples.Sample sample) {
    boolean covered =
        !CREDENTIALS.contains(sample.scheme()) && !CONTENT_FREE.contains(sample.scheme());
    SignableRequest signed = signed(sample, sample.settings());

    assertThat(RequestSigners.fits(sample.settings(), changed(signed))).isEqualTo(!covered);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void nothing_that_is_received_makes_the_check_throw(Samples.Sample sample) {
    SignableRequest signed = signed(sample, sample.settings());
    List<UnaryOperator<String>> damages =
        List.of(value -> "", value -> "x", value -> value + "\u0000", value -> "9".repeat(400));
    for (UnaryOperator<String> damage : damages) {
      for (String header : signed.headers().keySet()) {
        unharmed(sample, signed.withHeader(header, damage.apply(signed.header(header))));
      }
      for (String name : signed.query().keySet()) {
        unharmed(sample, signed.withQuery(name, damage.apply(signed.query().get(name))));
      }
      for (String name : signed.form() == null ? Set.<String>of() : signed.form().keySet()) {
        unharmed(sample, signed.withForm(name, damage.apply(signed.form().get(name))));
      }
    }
  }

  /** Some fields are covered by nothing; what counts is that nothing is thrown. */
  private static void unharmed(Samples.Sample sample, SignableRequest damaged) {
    assertThatCode(() -> RequestSigners.fits(sample.settings(), damaged))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_required_setting_is_asked_for_by_name(Samples.Sample sample) {
    for (String key : sample.settings().keySet()) {
      Map<String, String> without = new LinkedHashMap<>(sample.settings());
      without.remove(key);
      Map<String, String> empty = new LinkedHashMap<>(sample.settings());
      empty.put(key, " ");
      for (Map<String, String> settings : List.of(without, empty)) {
        String message = message(settings);
        if (message != null) {
          assertThat(message).contains("'" + key + "' of sign:").doesNotContain(Samples.SECRET);
        }
      }
    }
  }

  private static String message(Map<String, String> settings) {
    try {
      RequestSigners.of(settings);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Test
  void a_missing_setting_names_the_scheme_and_what_it_knows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestSigners.of(Map.of("scheme", "top-md5", "key", "k")))
        .withMessage(
            "'secret' of sign: is missing or empty; scheme top-md5 knows key, secret (required);"
                + " format, version (optional)");
  }

  @Test
  void an_unknown_setting_is_refused_without_its_value() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RequestSigners.of(
                    Map.of("scheme", "17track", "key", "k", "secret", Samples.SECRET)))
        .withMessage("'secret' of sign: is unknown; scheme 17track knows key (required)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"top", "TOP-MD5", ""})
  void an_unknown_scheme_lists_the_allowed(String scheme) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestSigners.of(Map.of("scheme", scheme)))
        .withMessageContaining("expected one of 17track, alipay-rsa2, aliyun-acs3");
  }

  @Test
  void no_scheme_lists_the_allowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestSigners.of(Map.of()))
        .withMessageContaining("'scheme' of sign: is 'null', expected one of");
  }

  @Test
  void a_wrong_value_is_told_by_its_setting() {
    refused(
        Map.of("scheme", "jd-md5", "key", "k", "secret", "s", "timestamp-pattern", "yyyy'"),
        "'timestamp-pattern' of sign: is no pattern of a time");
    refused(
        Map.of("scheme", "wangdian-flagship", "sid", "s", "key", "k", "secret", "ab"),
        "'secret' of sign: is not <secret>:<salt>");
    refused(
        Map.of("scheme", "basic", "user", "a:b", "password", "p"), "'user' of sign: holds a ':'");
    refused(
        Map.of("scheme", "hmac-sha256", "header", "h", "secret", "s", "encoding", "x"),
        "'encoding' of sign: is 'x', expected hex or base64");
    refused(
        Map.of(
            "scheme", "kingdee", "app-id", "1_#", "app-secret", "s", "acct-id", "a", "user", "u"),
        "'app-id' of sign: is not <client id>_<Base64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret-text", "-----BEGIN RSA PRIVATE KEY-----\nsecret-text", "c2VjcmV0"})
  void a_private_key_that_is_none_is_refused_and_not_shown(String pem) {
    for (String scheme : List.of("wechat-pay", "alipay-rsa2", "jwt-bearer")) {
      Samples.Sample sample =
          samples().stream().filter(s -> s.scheme().equals(scheme)).findFirst().orElseThrow();
      Map<String, String> settings = new HashMap<>(sample.settings());
      settings.put("private-key", pem);

      assertThat(message(settings))
          .contains("'private-key' of sign:", "PKCS#8")
          .doesNotContain("secret-text", "c2VjcmV0");
    }
  }

  @Test
  void a_request_that_lacks_what_is_signed_is_refused_by_the_field() {
    RequestSigner sf =
        RequestSigners.of(Samples.settings("sf", "partner-id", "p", "check-word", "c"));
    RequestSigner top = RequestSigners.of(Samples.settings("top-md5", "key", "k", "secret", "s"));
    RequestSigner bearer = RequestSigners.of(Map.of("scheme", "bearer"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sf.sign(Samples.form(Map.of("a", "b")), null, NOW, NONCE))
        .withMessageContaining("form field 'msgData'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> top.sign(Samples.body("{}"), null, NOW, NONCE))
        .withMessageContaining("send all of them as form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> top.sign(Samples.form(Map.of()).withQuery("a", "b"), null, NOW, NONCE))
        .withMessageContaining("send all of them as form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bearer.sign(Samples.body("{}"), null, NOW, NONCE))
        .withMessageContaining("'token: true'");
  }

  @Test
  void a_token_goes_where_the_partner_wants_it() {
    assertThat(tokened("top-md5").form()).containsEntry("session", TOKEN);
    assertThat(tokened("jd-md5").form()).containsEntry("access_token", TOKEN);
    assertThat(tokened("pdd-md5").form()).containsEntry("access_token", TOKEN);
    assertThat(tokened("jushuitan-md5").form()).containsEntry("access_token", TOKEN);
    assertThat(tokened("alipay-rsa2").form()).containsEntry("app_auth_token", TOKEN);
    assertThat(tokened("sf").form())
        .containsEntry("accessToken", TOKEN)
        .doesNotContainKey("msgDigest");
    assertThat(bare("shopify-token").header("x-shopify-access-token")).isEqualTo(TOKEN);
    assertThat(bare("bearer").header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(
            RequestSigners.of(Map.of("scheme", "query", "name", "access_token"))
                .sign(Samples.body("{}"), TOKEN, NOW, NONCE)
                .target())
        .endsWith("?access_token=" + TOKEN);
  }

  @Test
  void an_assertion_is_signed_with_our_key_and_ends_after_an_hour()
      throws GeneralSecurityException {
    Samples.Sample sample =
        samples().stream().filter(s -> s.scheme().equals("jwt-bearer")).findFirst().orElseThrow();

    Map<String, String> form = signed(sample, sample.settings()).form();

    String[] parts = form.get("assertion").split("\\.");
    assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    assertThat(plain(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    assertThat(plain(parts[1]))
        .isEqualTo(
            "{\"iss\":\"push@example.com\",\"scope\":\"push\","
                + "\"aud\":\"https://oauth.example/token\",\"iat\":1795140000,"
                + "\"exp\":1795143600}");
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getMimeDecoder()
                        .decode(Vectors.PUBLIC_PEM.replaceAll("-----[A-Z ]+-----", "")))));
    check.update(utf8(parts[0] + "." + parts[1]));
    assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  private static String plain(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  @Test
  void empty_parameters_are_taken_out_and_stated_ones_stay() {
    SignableRequest request = Samples.form(Map.of("method", "m", "empty", "", "format", "xml"));

    SignableRequest signed =
        RequestSigners.of(Samples.settings("top-md5", "key", "k", "secret", "s"))
            .sign(request, null, NOW, NONCE);

    assertThat(new TreeSet<>(signed.form().keySet()))
        .containsExactly("app_key", "format", "method", "sign", "sign_method", "timestamp", "v");
    assertThat(signed.form())
        .containsEntry("format", "xml")
        .containsEntry("v", "2.0")
        .containsEntry("timestamp", "2026-11-20 10:00:00");
  }

  @Test
  void the_subscription_gets_key_salt_and_address_and_keeps_its_numbers() {
    SignableRequest request =
        Samples.form(Map.of("param", "{\"number\":1.50,\"parameters\":{\"phone\":\"0000\"}}"));

    String param =
        RequestSigners.of(
                Samples.settings(
                    "kuaidi100-poll", "key", "K", "salt", "S", "callback-url", "https://o/in/k"))
            .sign(request, null, NOW, NONCE)
            .form()
            .get("param");

    assertThat(param)
        .isEqualTo(
            "{\"number\":1.50,\"parameters\":{\"phone\":\"0000\",\"salt\":\"S\","
                + "\"callbackurl\":\"https://o/in/k\"},\"key\":\"K\"}");
  }

  private static SignableRequest tokened(String scheme) {
    Samples.Sample sample =
        samples().stream().filter(s -> s.scheme().equals(scheme)).findFirst().orElseThrow();
    return RequestSigners.of(sample.settings()).sign(sample.request(), TOKEN, NOW, NONCE);
  }

  private static SignableRequest bare(String scheme) {
    return RequestSigners.of(Map.of("scheme", scheme)).sign(Samples.body("{}"), TOKEN, NOW, NONCE);
  }

  private static SignableRequest signed(Samples.Sample sample, Map<String, String> settings) {
    return RequestSigners.of(settings).sign(sample.request(), token(sample), NOW, NONCE);
  }

  /** SF signs only without a token. */
  private static String token(Samples.Sample sample) {
    return sample.scheme().equals("sf") ? null : TOKEN;
  }

  private static String another(Samples.Sample sample) {
    return switch (sample.scheme()) {
      case "wechat-pay", "alipay-rsa2", "jwt-bearer" -> Keys.privatePem();
      case "wangdian-flagship" -> "other:cc";
      default -> "other";
    };
  }

  /** One more letter in the content, and in the query where that is what counts. */
  private static SignableRequest changed(SignableRequest signed) {
    if (signed.form() != null) {
      String name =
          List.of("msgData", "logistics_interface", "param", "fields").stream()
              .filter(signed.form()::containsKey)
              .findFirst()
              .orElseThrow();
      String value = signed.form().get(name);
      return signed.withForm(
          name, name.equals("param") ? value.replace("1.50", "1.5") : value + "x");
    }
    if (signed.body().length == 0) {
      return signed.withQuery("k", "w");
    }
    String body = new String(signed.body(), StandardCharsets.UTF_8);
    return signed.withBody(utf8(body.replace("旗舰店", "旗舰店0")));
  }

  private static void refused(Map<String, String> settings, String part) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestSigners.of(settings))
        .withMessageContaining(part);
  }
}
