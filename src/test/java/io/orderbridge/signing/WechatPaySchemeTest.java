package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.SERIAL;
import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R71")
class WechatPaySchemeTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static final String NONCE = "n1";
  private static final byte[] BODY = utf8("{\"id\": \"EV\"}");
  private static final String SIGNATURE = Signer.wechatPay(Vectors.PRIVATE_PEM, NOW, NONCE, BODY);
  private static final String CERTIFICATE_SERIAL = "5157F09EFDC096DE15EBE81A47057A72";

  private final SignatureScheme scheme = scheme(Map.of(SERIAL, Vectors.PUBLIC_PEM));

  @Test
  void the_known_answer_is_genuine_and_is_what_we_sign() {
    Vectors.Vector vector = Vectors.of("wechatpay.notify.sign");
    String[] lines = vector.input().split("\n", 3);
    byte[] body = utf8(lines[2].substring(0, lines[2].length() - 1));

    assertThat(Signer.wechatPay(Vectors.PRIVATE_PEM, NOW, lines[1], body))
        .isEqualTo(vector.expected());
    SignedMessage message = message(headers(lines[0], lines[1], vector.expected(), SERIAL), body);
    assertThat(scheme.verify(message, NOW)).isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @CsvSource({
    "-301,false",
    "-300,false",
    "-299,true",
    "0,true",
    "299,true",
    "300,false",
    "301,false"
  })
  void a_time_stamp_counts_within_five_minutes_before_and_after(int seconds, boolean genuine) {
    Instant at = NOW.plusSeconds(seconds);
    String signature = Signer.wechatPay(Vectors.PRIVATE_PEM, at, NONCE, BODY);
    String timestamp = Long.toString(at.getEpochSecond());

    assertThat(genuine(headers(timestamp, NONCE, signature, SERIAL), BODY)).isEqualTo(genuine);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wechatpay-Timestamp",
        "Wechatpay-Nonce",
        "Wechatpay-Signature",
        "Wechatpay-Serial"
      })
  void each_header_is_needed_and_counts(String header) {
    Map<String, String> headers = new HashMap<>(signed(SIGNATURE));
    assertThat(genuine(headers, BODY)).isTrue();

    headers.put(header, headers.get(header).substring(1));
    assertThat(genuine(headers, BODY)).isFalse();
    headers.put(header, "");
    assertThat(genuine(headers, BODY)).isFalse();
    headers.remove(header);
    assertThat(scheme.verify(message(headers, BODY), NOW).reason()).contains(header);
    assertThat(genuine(headers, BODY)).isFalse();
  }

  @Test
  void every_changed_bit_and_length_of_the_body_is_seen() {
    for (int bit = 0; bit < BODY.length * Byte.SIZE; bit++) {
      assertThat(genuine(signed(SIGNATURE), Tamper.bit(BODY, bit))).as("bit %d", bit).isFalse();
    }
    for (byte[] body : Tamper.lengths(BODY)) {
      assertThat(genuine(signed(SIGNATURE), body)).as("%d bytes", body.length).isFalse();
    }
  }

  @Test
  void the_same_json_written_again_is_forged() throws IOException {
    ObjectMapper json = new ObjectMapper();

    assertThat(genuine(signed(SIGNATURE), json.writeValueAsBytes(json.readTree(BODY)))).isFalse();
  }

  @Test
  void every_other_spelling_of_the_signature_is_forged() {
    for (String text : Tamper.spellings(SIGNATURE)) {
      assertThat(genuine(signed(text), BODY)).as(text).isFalse();
    }
  }

  @Test
  void bytes_cannot_move_between_nonce_and_body() {
    byte[] body = utf8("a\nb");
    String signature = Signer.wechatPay(Vectors.PRIVATE_PEM, NOW, NONCE, body);

    assertThat(genuine(headers("1700000000", NONCE + "\na", signature, SERIAL), utf8("b")))
        .isFalse();
  }

  @Test
  void a_probe_fails_even_were_its_signature_known() {
    Verdict verdict = scheme.verify(message(signed("WECHATPAY/SIGNTEST/" + SIGNATURE), BODY), NOW);

    assertThat(verdict.genuine()).isFalse();
    assertThat(verdict.reason()).contains("probe");
  }

  @Test
  void an_unknown_serial_is_named_in_the_reason_unless_it_could_write_a_log_line() {
    assertThat(reason("PUB_KEY_ID_2")).contains("PUB_KEY_ID_2");
    assertThat(reason("x\nINFO all is well")).contains("(unreadable)").doesNotContain("well");
  }

  @Test
  void the_key_is_that_of_the_serial_and_during_a_switch_both_sign() {
    String other = Keys.publicPem(Keys.rsa(2048));
    SignatureScheme both = scheme(Map.of("OLD", other, SERIAL, Vectors.PUBLIC_PEM));

    assertThat(both.verify(message(signed(SIGNATURE), BODY), NOW).genuine()).isTrue();
    Map<String, String> wrong = headers("1700000000", NONCE, SIGNATURE, "OLD");
    assertThat(both.verify(message(wrong, BODY), NOW).genuine()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T04:14:35Z,false",
    "2026-11-23T04:14:36Z,true",
    "2027-11-23T04:14:36Z,true",
    "2027-11-23T04:14:37Z,false"
  })
  void a_certificate_counts_while_it_is_valid(Instant now, boolean genuine) {
    SignatureScheme byCertificate = scheme(Map.of(CERTIFICATE_SERIAL, Vectors.CERTIFICATE_PEM));
    String signature = Signer.wechatPay(Vectors.PRIVATE_PEM, now, NONCE, BODY);
    String timestamp = Long.toString(now.getEpochSecond());
    SignedMessage message = message(headers(timestamp, NONCE, signature, CERTIFICATE_SERIAL), BODY);

    assertThat(byCertificate.verify(message, now).genuine()).isEqualTo(genuine);
  }

  private boolean genuine(Map<String, String> headers, byte[] body) {
    return scheme.verify(message(headers, body), NOW).genuine();
  }

  private String reason(String serial) {
    return scheme
        .verify(message(headers("1700000000", NONCE, SIGNATURE, serial), BODY), NOW)
        .reason();
  }

  private static Map<String, String> signed(String signature) {
    return headers("1700000000", NONCE, signature, SERIAL);
  }

  private static Map<String, String> headers(
      String timestamp, String nonce, String signature, String serial) {
    return Map.of(
        "Wechatpay-Timestamp", timestamp,
        "Wechatpay-Nonce", nonce,
        "Wechatpay-Signature", signature,
        "Wechatpay-Serial", serial);
  }

  private static SignatureScheme scheme(Map<String, String> keys) {
    Secret apiKey = Secret.of(Vectors.of("wechatpay.notify.aead").key());
    return SignatureSchemes.of(
        "wechat-pay", new SigningSettings(List.of(), keys, apiKey, Duration.ofMinutes(5)));
  }
}
