package io.orderbridge.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R58")
class AnswerSignersTest {
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final String NODE = "alipay_trade_query_response";

  private final KeyPair keys = keys();

  @Test
  void what_a_counterpart_signs_is_taken_as_the_partners() {
    byte[] body = bytes("{\"code\":\"SUCCESS\"}");
    AnswerSigners.Signed signed =
        AnswerSigners.sign("wechat-pay", privateKey(), "S1", null, body, NOW);
    RequestSigner caller =
        RequestSigners.of(
            Map.of(
                "scheme", "wechat-pay",
                "mchid", "1",
                "serial", "2",
                "private-key", privateKey(),
                "platform-serial", "S1",
                "platform-key", publicKey()));

    assertThat(caller.answered(name -> signed.headers().get(name), signed.body(), NOW).genuine())
        .isTrue();
    byte[] other = bytes("{\"code\":\"SUCCESs\"}");
    assertThat(caller.answered(name -> signed.headers().get(name), other, NOW).genuine()).isFalse();
  }

  @Test
  void one_member_of_a_body_is_signed_beside_it() {
    byte[] body = bytes("{\"" + NODE + "\":{\"code\":\"10000\",\"text\":\"测试\"}}");
    AnswerSigners.Signed signed =
        AnswerSigners.sign("alipay-rsa2", privateKey(), "", NODE, body, NOW);
    RequestSigner caller =
        RequestSigners.of(
            Map.of(
                "scheme",
                "alipay-rsa2",
                "app-id",
                "1",
                "private-key",
                privateKey(),
                "platform-key",
                publicKey()));

    assertThat(caller.answered(name -> null, signed.body(), NOW).genuine()).isTrue();
    String forged = new String(signed.body(), StandardCharsets.UTF_8).replace("10000", "10001");
    assertThat(caller.answered(name -> null, bytes(forged), NOW).genuine()).isFalse();
    assertThat(AnswerSigners.sign("alipay-rsa2", privateKey(), "", null, body, NOW).body())
        .as("a file is not signed")
        .isEqualTo(body);
  }

  @Test
  void a_partner_that_signs_no_answers_cannot_be_played_so() {
    assertThatThrownBy(() -> AnswerSigners.sign("jd-md5", "", "", null, new byte[0], NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jd-md5");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String privateKey() {
    return Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
  }

  private String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
