package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R71")
class EncryptedResourceTest {
  private static final Secret API_KEY = Secret.of(Vectors.of("wechatpay.notify.aead").key());
  private static final String NONCE = "fdasflkja484";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EncryptedResource resource = new EncryptedResource(API_KEY);

  @Test
  void the_known_answers_are_what_we_encrypt() {
    Vectors.Vector official = Vectors.of("wechatpay.aead");
    Vectors.Vector notice = Vectors.of("wechatpay.notify.aead");

    assertThat(
            Signer.wechatPayResource(
                Secret.of(official.key()),
                "uluk4a9R25RW",
                "associatedData",
                utf8(official.input())))
        .isEqualTo(official.expected());
    assertThat(Signer.wechatPayResource(API_KEY, NONCE, "transaction", utf8(notice.input())))
        .isEqualTo(notice.expected());
  }

  @Test
  void the_known_notification_opens_and_keeps_its_envelope() throws IOException {
    String[] lines = Vectors.of("wechatpay.notify.sign").input().split("\n", 3);
    JsonNode plain = JSON.readTree(Vectors.of("wechatpay.notify.aead").input());

    JsonNode opened = JSON.readTree(resource.open(utf8(lines[2])));

    assertThat(opened.get("resource")).isEqualTo(plain);
    assertThat(opened.get("event_type").asText()).isEqualTo("TRANSACTION.SUCCESS");
    assertThat(opened.get("summary").asText()).isEqualTo("支付成功");
  }

  @Test
  void numbers_keep_every_digit() {
    String plain =
        "{\"id\":123456789012345678901234567890,\"total\":199.00,\"rate\":0.1000000000000000055,"
            + "\"fen\":9007199254740993}";

    String opened = text(resource.open(envelope(plain, "")));

    assertThat(opened).contains("\"resource\":" + plain);
  }

  @Test
  void numbers_of_the_envelope_keep_every_digit() {
    String outside = "{\"n\":123456789012345678901234567890,\"m\":1.10,";
    String body = outside + text(envelope("{}", "")).substring(1);

    assertThat(text(resource.open(utf8(body)))).startsWith(outside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "transaction"})
  void the_associated_text_may_be_empty(String associated) {
    assertThat(text(resource.open(envelope("{\"a\":1}", associated))))
        .contains("\"resource\":{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "absent"})
  void the_associated_text_may_be_missing(String how) throws IOException {
    ObjectNode envelope = (ObjectNode) JSON.readTree(envelope("{\"a\":1}", ""));
    if (how.equals("null")) {
      resourceOf(envelope).putNull("associated_data");
    } else {
      resourceOf(envelope).remove("associated_data");
    }

    assertThat(text(resource.open(JSON.writeValueAsBytes(envelope)))).contains("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "algorithm,AES,/resource/algorithm",
    "algorithm,,/resource/algorithm",
    "nonce,short,/resource/nonce",
    "nonce,fdasflkja485,/resource/ciphertext",
    "nonce,,/resource/nonce",
    "associated_data,refund,/resource/ciphertext",
    "ciphertext,not base64,/resource/ciphertext",
    "ciphertext,AAAA,/resource/ciphertext",
    "ciphertext,'',/resource/ciphertext",
    "ciphertext,,/resource/ciphertext"
  })
  void what_does_not_decrypt_says_where_and_what_to_do(String name, String value, String place)
      throws IOException {
    ObjectNode envelope = (ObjectNode) JSON.readTree(envelope("{\"a\":1}", "transaction"));
    resourceOf(envelope).put(name, value);

    Refusal refusal = refusal(JSON.writeValueAsBytes(envelope));

    assertThat(refusal.why()).isEqualTo(Cause.BODY_NOT_DECRYPTED);
    assertThat(refusal.place()).isEqualTo(place);
    assertThat(refusal).hasMessageContaining("'api-key' of receives:").hasNoCause();
  }

  @Test
  void every_changed_bit_of_the_cipher_text_is_seen() throws IOException {
    ObjectNode envelope = (ObjectNode) JSON.readTree(envelope("{\"a\":1}", "x"));
    String ciphertext = resourceOf(envelope).get("ciphertext").asText();
    for (String text : Tamper.spellings(ciphertext)) {
      resourceOf(envelope).put("ciphertext", text);
      assertThat(refusal(JSON.writeValueAsBytes(envelope)).why())
          .as(text)
          .isEqualTo(Cause.BODY_NOT_DECRYPTED);
    }
  }

  @Test
  void another_api_key_does_not_open_it_and_is_not_shown() {
    String other = "0123456789abcdef0123456789abcdef";
    byte[] body = envelope("{\"openid\":\"oUpF8u\"}", "");

    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> new EncryptedResource(Secret.of(other)).open(body));

    assertThat(refusal.why()).isEqualTo(Cause.BODY_NOT_DECRYPTED);
    assertThat(refusal.getMessage()).doesNotContain(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"a\"",
        "{",
        "{\"a\":secret}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{}x",
        "{\"resource\":1}",
        "{\"resource\":null}",
        "{}"
      })
  void a_body_that_is_no_notification_is_broken_and_not_quoted(String body) {
    Refusal refusal = refusal(utf8(body));

    assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal.getMessage()).contains("look at the stored message");
    assertThat(refusal).hasNoCause();
    assertThat(refusal.getMessage()).doesNotContain("secret");
  }

  @Test
  void a_key_named_twice_or_a_second_value_is_broken_outside_and_inside() {
    String good = text(envelope("{\"a\":1}", ""));

    for (String body : List.of("{\"id\":2," + good.substring(1), good + "{}", good + "x")) {
      Refusal refusal = refusal(utf8(body));
      assertThat(refusal.why()).as(body).isEqualTo(Cause.BODY_BROKEN);
      assertThat(refusal.place()).isEmpty();
    }
    for (String plain : List.of("{\"a\":1,\"a\":2}", "{\"a\":1}{}", "{\"a\":1}x")) {
      Refusal refusal = refusal(envelope(plain, ""));
      assertThat(refusal.why()).as(plain).isEqualTo(Cause.BODY_BROKEN);
      assertThat(refusal.place()).isEqualTo("/resource/ciphertext");
    }
  }

  @Test
  void bytes_that_are_no_utf_8_are_broken() {
    byte[] body = envelope("{}", "");
    body[2] = (byte) 0xff;

    assertThat(refusal(body).why()).isEqualTo(Cause.BODY_BROKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[1]", "\"13800138000\"", "13800138000 x", "{\"a\":13800138000x}", "{"})
  void a_decrypted_text_that_is_no_object_is_broken_and_not_quoted(String plain) {
    Refusal refusal = refusal(envelope(plain, ""));

    assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal.place()).isEqualTo("/resource/ciphertext");
    assertThat(refusal.getMessage()).doesNotContain("13800138000");
    assertThat(refusal).hasNoCause();
  }

  @Test
  void an_emoji_and_half_of_one_stay_what_they_are() throws IOException {
    String plain = "{\"whole\":\"\uD83D\uDE00\",\"half\\ud83d\":\"\\ud83d\"}";

    JsonNode opened = JSON.readTree(resource.open(envelope(plain, "")));

    assertThat(opened.get("resource")).isEqualTo(JSON.readTree(plain));
  }

  @Test
  void a_body_is_read_down_to_a_depth_of_one_hundred() {
    assertThat(resource.open(envelope(nested(100), ""))).isNotEmpty();
    assertThat(refusal(envelope(nested(101), ""))).hasMessageContaining("deeper than 100");
    assertThat(refusal(utf8(nested(101)))).hasMessageContaining("deeper than 100");
    assertThat(refusal(utf8("[".repeat(1_000_000))).why()).isEqualTo(Cause.BODY_BROKEN);
  }

  private Refusal refusal(byte[] body) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> resource.open(body));
    assertThat(refusal).as(text(body)).isNotNull();
    return refusal;
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private static byte[] envelope(String plain, String associated) {
    ObjectNode envelope = JSON.createObjectNode().put("id", "EV-1");
    envelope
        .putObject("resource")
        .put("original_type", "transaction")
        .put("algorithm", "AEAD_AES_256_GCM")
        .put("nonce", NONCE)
        .put("associated_data", associated)
        .put("ciphertext", Signer.wechatPayResource(API_KEY, NONCE, associated, utf8(plain)));
    return utf8(envelope.toString());
  }

  private static ObjectNode resourceOf(ObjectNode envelope) {
    return (ObjectNode) envelope.get("resource");
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
