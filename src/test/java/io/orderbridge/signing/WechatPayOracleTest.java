package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.SERIAL;
import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

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
