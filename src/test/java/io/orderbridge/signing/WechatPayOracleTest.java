package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.SERIAL;
import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.util.PemUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** WeChat Pay's own SDK and we agree on random input. */
@Tag("R71")
class WechatPayOracleTest {
  private static final long SEED = 20_261_123L;
  private static final int ROUNDS = 200;
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static final String API_KEY = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";

  private final Random random = new Random(SEED);
  private final SignatureScheme scheme =
      SignatureSchemes.of(
          "wechat-pay",
          new SigningSettings(
              List.of(), Map.of(SERIAL, Vectors.PUBLIC_PEM), Secret.of(API_KEY), null));

  @Test
  void the_sdk_signs_what_we_sign_and_each_believes_the_other() {
    RSASigner signer = new RSASigner(SERIAL, PemUtil.loadPrivateKeyFromString(Vectors.PRIVATE_PEM));
    RSAVerifier verifier =
        new RSAVerifier(PemUtil.loadPublicKeyFromString(Vectors.PUBLIC_PEM), SERIAL);
    for (int round = 0; round < ROUNDS; round++) {
      String nonce = ascii(1 + random.nextInt(32));
      String body = text(random.nextInt(500));
      String content = "1700000000\n" + nonce + "\n" + body + "\n";

      String ours = Signer.wechatPay(Vectors.PRIVATE_PEM, NOW, nonce, utf8(body));

      assertThat(ours)
          .as("seed %d round %d", SEED, round)
          .isEqualTo(signer.sign(content).getSign());
      assertThat(verifier.verify(SERIAL, content, ours)).isTrue();
      Map<String, String> headers =
          Map.of(
              "Wechatpay-Timestamp", "1700000000",
              "Wechatpay-Nonce", nonce,
              "Wechatpay-Signature", ours,
              "Wechatpay-Serial", SERIAL);
      assertThat(scheme.verify(message(headers, utf8(body)), NOW).genuine()).isTrue();
    }
  }

  @Test
  void our_requests_carry_the_authorization_that_the_sdk_makes() {
    RSASigner sdk = new RSASigner("S1", PemUtil.loadPrivateKeyFromString(Vectors.PRIVATE_PEM));
    RequestSigner signer = RequestSigners.of(settings());
    for (int round = 0; round < ROUNDS; round++) {
      String nonce = "n" + Math.abs(random.nextInt());
      String body = round % 3 == 0 ? "" : text(random.nextInt(200));
      SignableRequest request =
          new SignableRequest(
              body.isEmpty() ? "GET" : "POST",
              "https://api.example/v3/pay/%E4%B8%AD",
              round % 2 == 0 ? Map.of() : Map.of(text(3), text(20)),
              Map.of(),
              null,
              utf8(body));

      SignableRequest signed = signer.sign(request, null, NOW, nonce);

      String path = signed.target().substring("https://api.example".length());
      String content = String.join("\n", request.method(), path, "1700000000", nonce, body) + "\n";
      assertThat(signed.header("authorization"))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(
              ("WECHATPAY2-SHA256-RSA2048 mchid=\"m\",nonce_str=\"%s\",timestamp=\"1700000000\","
                      + "serial_no=\"S1\",signature=\"%s\"")
                  .formatted(nonce, sdk.sign(content).getSign()));
    }
  }

  @Test
  void an_answer_signed_by_the_sdk_is_genuine_until_anything_changes() {
    RSASigner platform =
        new RSASigner(SERIAL, PemUtil.loadPrivateKeyFromString(Vectors.PRIVATE_PEM));
    RequestSigner signer = RequestSigners.of(settings());
    byte[] body = utf8("{\"trade_state\":\"SUCCESS\"}");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Wechatpay-Timestamp", "1700000000");
    headers.put("Wechatpay-Nonce", "n1");
    headers.put("Wechatpay-Serial", SERIAL);
    headers.put(
        "Wechatpay-Signature",
        platform.sign("1700000000\nn1\n{\"trade_state\":\"SUCCESS\"}\n").getSign());

    assertThat(signer.answered(headers::get, body, NOW)).isEqualTo(Verdict.GENUINE);
    assertThat(signer.answered(headers::get, body, NOW.plusSeconds(300)).genuine()).isFalse();
    assertThat(signer.answered(name -> null, body, NOW).genuine()).isFalse();
    for (int bit = 0; bit < body.length * Byte.SIZE; bit++) {
      assertThat(signer.answered(headers::get, Tamper.bit(body, bit), NOW).genuine()).isFalse();
    }
    headers.put("Wechatpay-Serial", "OTHER");
    assertThat(signer.answered(headers::get, body, NOW).reason()).contains("serial OTHER");
  }

  @Test
  void the_download_of_a_bill_has_no_signature_and_its_call_says_so() {
    Map<String, String> settings = settings();
    settings.put("answers", "unsigned");

    assertThat(RequestSigners.of(settings).answered(name -> null, utf8("csv"), NOW))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void without_the_platform_key_nothing_starts_unless_that_is_written() {
    Map<String, String> settings = settings();
    settings.remove("platform-key");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestSigners.of(settings))
        .withMessageContaining("'platform-key' of sign: is missing or empty: answers are checked");
    settings.put("answers", "unsigned");
    assertThat(RequestSigners.of(settings)).isNotNull();
    settings.put("answers", "maybe");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestSigners.of(settings))
        .withMessageContaining("'answers' of sign: is 'maybe', expected signed or unsigned");
  }

  @Test
  void during_a_switch_two_platform_keys_count() {
    Map<String, String> settings = settings();
    settings.putAll(
        Map.of(
            "platform-serial",
            "FORMER",
            "platform-key",
            Keys.publicPem(Keys.rsa(2048)),
            "platform-serial-2",
            SERIAL,
            "platform-key-2",
            Vectors.PUBLIC_PEM));
    String signature = Signer.wechatPay(Vectors.PRIVATE_PEM, NOW, "n1", utf8("{}"));
    Map<String, String> headers =
        Map.of(
            "Wechatpay-Timestamp",
            "1700000000",
            "Wechatpay-Nonce",
            "n1",
            "Wechatpay-Serial",
            SERIAL,
            "Wechatpay-Signature",
            signature);

    assertThat(RequestSigners.of(settings).answered(headers::get, utf8("{}"), NOW).genuine())
        .isTrue();
  }

  private static Map<String, String> settings() {
    return Samples.settings(
        "wechat-pay",
        "mchid",
        "m",
        "serial",
        "S1",
        "private-key",
        Vectors.PRIVATE_PEM,
        "platform-serial",
        SERIAL,
        "platform-key",
        Vectors.PUBLIC_PEM);
  }

  @Test
  void the_sdk_opens_what_we_encrypt_and_we_open_what_it_encrypts()
      throws GeneralSecurityException, IOException {
    AeadAesCipher cipher = new AeadAesCipher(utf8(API_KEY));
    ObjectMapper json = new ObjectMapper();
    for (int round = 0; round < ROUNDS; round++) {
      String nonce = ascii(12);
      String associated = text(random.nextInt(20));
      ObjectNode plain = json.createObjectNode().put("attach", text(random.nextInt(500)));

      String ours =
          Signer.wechatPayResource(
              Secret.of(API_KEY), nonce, associated, json.writeValueAsBytes(plain));
      String theirs = cipher.encrypt(utf8(associated), utf8(nonce), json.writeValueAsBytes(plain));

      assertThat(ours).as("seed %d round %d", SEED, round).isEqualTo(theirs);
      assertThat(cipher.decrypt(utf8(associated), utf8(nonce), decoded(ours)))
          .isEqualTo(json.writeValueAsString(plain));
      ObjectNode envelope = json.createObjectNode();
      envelope
          .putObject("resource")
          .put("algorithm", "AEAD_AES_256_GCM")
          .put("nonce", nonce)
          .put("associated_data", associated)
          .put("ciphertext", theirs);
      assertThat(json.readTree(scheme.open(json.writeValueAsBytes(envelope))).get("resource"))
          .isEqualTo(plain);
    }
  }

  private static byte[] decoded(String base64) {
    return StrictBase64.decode(base64).orElseThrow();
  }

  private String ascii(int length) {
    return random
        .ints(length, '!', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Any text but surrogates, so that its UTF-8 is exact. */
  private String text(int length) {
    return random
        .ints(length, 1, Character.MIN_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
