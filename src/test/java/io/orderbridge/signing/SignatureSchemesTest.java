package io.orderbridge.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureSchemesTest {
  private static final Secret API_KEY = Secret.of("a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb");
  private static final List<Secret> SECRETS = List.of(Secret.of("hush"));
  private static final Map<String, String> KEYS = Map.of("S1", Vectors.PUBLIC_PEM);

  @Test
  void every_name_gives_a_scheme() {
    assertThat(SignatureSchemes.names())
        .containsExactly(
            "17track",
            "alipay",
            "cainiao",
            "hmac-sha256",
            "kuaidi100",
            "none",
            "qimen",
            "query-secret",
            "shopify",
            "standard-webhooks",
            "stripe",
            "wechat-mp",
            "wechat-pay");
    for (String name : SignatureSchemes.names()) {
      Map<String, String> options =
          name.equals("hmac-sha256") ? Map.of("header", "X-Sign") : Map.of();
      assertThat(
              SignatureSchemes.of(name, new SigningSettings(SECRETS, KEYS, API_KEY, null, options)))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shopify", "jushuitan", ""})
  void an_unknown_name_lists_the_allowed(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureSchemes.of(name, settings(SECRETS, KEYS, API_KEY)))
        .withMessage(
            "'signature' of receives: is '%s', expected one of"
                + " 17track, alipay, cainiao, hmac-sha256, kuaidi100, none, qimen,"
                + " query-secret, shopify, standard-webhooks, stripe, wechat-mp, wechat-pay",
            name);
  }

  @Test
  void no_name_lists_the_allowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureSchemes.of(null, settings(SECRETS, KEYS, API_KEY)))
        .withMessageContaining("expected one of 17track, alipay");
  }

  @Test
  void none_believes_everybody() {
    SignatureScheme none = SignatureSchemes.of("none", settings(List.of(), Map.of(), null));

    assertThat(none.verify(Vectors.message(Map.of(), new byte[0]), Instant.EPOCH))
        .isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shopify",
        "standard-webhooks",
        "stripe",
        "qimen",
        "kuaidi100",
        "17track",
        "cainiao",
        "wechat-mp",
        "hmac-sha256"
      })
  void a_missing_secret_says_which_key_to_set(String name) {
    refused(name, settings(List.of(), KEYS, API_KEY), "'secrets' of receives:");
  }

  @Test
  void missing_keys_and_api_key_say_which_key_to_set() {
    refused("wechat-pay", settings(SECRETS, Map.of(), API_KEY), "'keys' of receives:");
    refused("alipay", settings(SECRETS, Map.of(), API_KEY), "'keys' of receives:");
    refused("wechat-pay", settings(SECRETS, KEYS, null), "'api-key' of receives:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb0"})
  void an_api_key_of_another_length_says_its_length_and_not_itself(String key) {
    String message = refused("wechat-pay", settings(SECRETS, KEYS, Secret.of(key)), "32");

    assertThat(message).contains("has %d bytes".formatted(key.length())).doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void a_tolerance_of_nothing_is_refused(long seconds) {
    Duration tolerance = Duration.ofSeconds(seconds);
    for (String name : List.of("wechat-pay", "standard-webhooks", "stripe", "qimen", "wechat-mp")) {
      refused(name, new SigningSettings(SECRETS, KEYS, API_KEY, tolerance), "'tolerance'");
    }
  }

  @Test
  void an_unreadable_pem_names_the_serial_and_never_the_text() {
    String inside = "c2VjcmV0LXRleHQ";
    String pem = "-----BEGIN %s-----\n" + inside + "\n-----END %s-----\n";
    for (String text :
        List.of(
            "",
            inside,
            pem.formatted("PUBLIC KEY", "PUBLIC KEY"),
            pem.formatted("PUBLIC KEY", "CERTIFICATE"),
            (pem.replace("\n-----END", "==\n-----END")).formatted("PUBLIC KEY", "PUBLIC KEY"),
            pem.replace(inside, inside + "=").formatted("PUBLIC KEY", "PUBLIC KEY"),
            pem.replace(inside, inside + "=").formatted("CERTIFICATE", "CERTIFICATE"),
            Vectors.PUBLIC_PEM.replace("MIIB", "MIIC"),
            Keys.publicPem(Keys.rsa(1024)),
            Keys.publicPem(Keys.elliptic()))) {
      String message =
          refused("wechat-pay", settings(SECRETS, Map.of("SER1", text), API_KEY), "serial 'SER1'");
      assertThat(message).contains("BEGIN PUBLIC KEY", "BEGIN CERTIFICATE").doesNotContain(inside);
    }
  }

  @Test
  void a_private_key_in_its_place_is_refused_and_not_shown() {
    SigningSettings settings = settings(SECRETS, Map.of("SER1", Vectors.PRIVATE_PEM), API_KEY);

    String message = refused("wechat-pay", settings, "is a PEM block PRIVATE KEY");

    assertThat(message).doesNotContain(Vectors.PRIVATE_PEM.lines().toList().get(1));
    assertThat(settings.toString()).doesNotContain("BEGIN").contains("SER1");
  }

  @Test
  void a_pem_may_have_other_line_ends_and_text_around_it() {
    for (String pem :
        List.of(
            Vectors.PUBLIC_PEM.replace("\n", "\r\n"),
            "subject: WeChat Pay\n" + Vectors.PUBLIC_PEM + "\n",
            Vectors.CERTIFICATE_PEM)) {
      assertThatCode(
              () ->
                  SignatureSchemes.of("wechat-pay", settings(List.of(), Map.of("S", pem), API_KEY)))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_", "whsec_not-base64-at-all", "whsec_####"})
  void a_whsec_secret_that_is_no_base64_is_refused_and_not_shown(String secret) {
    SigningSettings settings = settings(List.of(Secret.of(secret)), Map.of(), null);

    String message = refused("standard-webhooks", settings, "'secrets' of receives:");

    assertThat(message).doesNotContain("not-base64", "####");
  }

  @Test
  void an_unknown_option_is_refused_and_names_the_allowed() {
    refused("qimen", options("custom-id", "C1"), "app-key, customer-id");
    refused("stripe", options("app-id", "1"), "stripe knows no settings");
    refused("hmac-sha256", options("header", " "), "{header: X-Signature}");
    refused(
        "hmac-sha256",
        new SigningSettings(
            SECRETS, KEYS, null, null, Map.of("header", "X-Sign", "encoding", "base32")),
        "'settings.encoding' of receives: is 'base32', expected hex or base64");
  }

  @Test
  void a_bare_base64_key_is_taken_as_the_partner_shows_it() {
    String bare = Vectors.PUBLIC_PEM.replaceAll("-----[A-Z ]+-----|\\s", "");

    assertThatCode(
            () -> SignatureSchemes.of("alipay", settings(List.of(), Map.of("any", bare), null)))
        .doesNotThrowAnyException();
  }

  private static SigningSettings options(String key, String value) {
    return new SigningSettings(SECRETS, KEYS, null, null, Map.of(key, value));
  }

  private static String refused(String name, SigningSettings settings, String part) {
    StringBuilder message = new StringBuilder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignatureSchemes.of(name, settings))
        .withMessageContaining(part)
        .withNoCause()
        .satisfies(e -> message.append(e.getMessage()));
    return message.toString();
  }

  private static SigningSettings settings(
      List<Secret> secrets, Map<String, String> keys, Secret apiKey) {
    return new SigningSettings(secrets, keys, apiKey, null);
  }
}
