package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksSchemeTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static final String ID = "msg_1";
  private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final byte[] BODY = utf8("{\"a\": \"ä\"}");
  private static final String SIGNATURE = Signer.standardWebhooks(SECRET, ID, NOW, BODY);

  private final SignatureScheme scheme = scheme(SECRET);

  @Test
  void the_known_answer_is_genuine_and_is_what_we_sign() {
    Vectors.Vector vector = Vectors.of("standard-webhooks.v1");
    String[] parts = vector.input().split("\\.", 3);
    Instant at = Instant.ofEpochSecond(Long.parseLong(parts[1]));
    Secret secret = Secret.of(vector.key());

    assertThat(Signer.standardWebhooks(secret, parts[0], at, utf8(parts[2])))
        .isEqualTo(vector.expected());
    SignedMessage message = message(headers(parts[0], parts[1], vector.expected()), utf8(parts[2]));
    assertThat(scheme(secret).verify(message, at)).isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @CsvSource({
    "-301,false",
    "-300,true",
    "-299,true",
    "0,true",
    "299,true",
    "300,true",
    "301,false"
  })
  void a_time_stamp_counts_up_to_five_minutes_before_and_after(int seconds, boolean genuine) {
    Instant at = NOW.plusSeconds(seconds);
    String signature = Signer.standardWebhooks(SECRET, ID, at, BODY);
    Map<String, String> headers = headers(ID, Long.toString(at.getEpochSecond()), signature);

    assertThat(genuine(headers)).isEqualTo(genuine);
  }

  @Test
  void the_tolerance_is_the_connections() {
    Duration minute = Duration.ofMinutes(1);
    SignatureScheme strict =
        SignatureSchemes.of(
            "standard-webhooks", new SigningSettings(List.of(SECRET), Map.of(), null, minute));
    SignedMessage message = message(headers(ID, "1700000000", SIGNATURE), BODY);

    assertThat(strict.verify(message, NOW.plusSeconds(60)).genuine()).isTrue();
    assertThat(strict.verify(message, NOW.plusSeconds(61)).genuine()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void each_header_is_needed_and_counts(String header) {
    Map<String, String> headers = new HashMap<>(headers(ID, "1700000000", SIGNATURE));
    assertThat(genuine(headers)).isTrue();

    headers.put(header, headers.get(header).substring(1));
    assertThat(genuine(headers)).isFalse();
    headers.put(header, "");
    assertThat(genuine(headers)).isFalse();
    headers.remove(header);
    assertThat(genuine(headers)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1700000000",
        " 1700000000",
        "01700000000",
        "1700000000.0",
        "1.7e9",
        "1700000001",
        "٠",
        "99999999999999999999",
        "-1",
        "now"
      })
  void another_spelling_of_the_time_is_forged(String timestamp) {
    assertThat(genuine(headers(ID, timestamp, SIGNATURE))).isFalse();
  }

  @Test
  void any_v1_of_several_signatures_may_fit_and_other_versions_are_passed_over() {
    String other = Signer.standardWebhooks(Secret.of("other"), ID, NOW, BODY);

    assertThat(genuine(signed("v1a,AAAA " + other + " v1,! " + SIGNATURE))).isTrue();
    assertThat(genuine(signed(other))).isFalse();
    assertThat(genuine(signed(SIGNATURE.replace("v1,", "v2,")))).isFalse();
    assertThat(genuine(signed(SIGNATURE.replace("v1,", "v1a,")))).isFalse();
    assertThat(genuine(signed(SIGNATURE.replace("v1,", "")))).isFalse();
  }

  @Test
  void every_other_spelling_of_the_signature_is_forged() {
    String bare = SIGNATURE.substring("v1,".length());
    for (String text : Tamper.spellings(bare)) {
      // Blanks separate signatures: around one of them they change nothing.
      if (!text.strip().equals(bare) || text.endsWith("\n")) {
        assertThat(genuine(signed("v1," + text))).as(text).isFalse();
      }
    }
  }

  @Test
  void every_changed_bit_and_length_of_the_body_is_seen() {
    Map<String, String> headers = signed(SIGNATURE);
    for (int bit = 0; bit < BODY.length * Byte.SIZE; bit++) {
      SignedMessage changed = message(headers, Tamper.bit(BODY, bit));
      assertThat(scheme.verify(changed, NOW).genuine()).as("bit %d", bit).isFalse();
    }
    for (byte[] body : Tamper.lengths(BODY)) {
      assertThat(scheme.verify(message(headers, body), NOW).genuine()).isFalse();
    }
  }

  @Test
  void bytes_cannot_move_between_id_time_and_body() {
    byte[] body = utf8("1700000001.5");
    String signature = Signer.standardWebhooks(SECRET, ID, NOW, body);
    Map<String, String> moved = headers(ID + ".1700000000", "1700000001", signature);

    assertThat(scheme.verify(message(moved, utf8("5")), NOW).genuine()).isFalse();
  }

  @Test
  void a_secret_without_prefix_is_its_own_bytes_and_two_may_sign_during_a_rotation() {
    Secret plain = Secret.of("correct horse");
    SignatureScheme both = scheme(plain, SECRET);

    for (Secret secret : List.of(plain, SECRET)) {
      String signature = Signer.standardWebhooks(secret, ID, NOW, BODY);
      assertThat(both.verify(message(signed(signature), BODY), NOW).genuine()).isTrue();
    }
    byte[] content = utf8(ID + ".1700000000." + new String(BODY, StandardCharsets.UTF_8));
    assertThat(Signer.standardWebhooks(plain, ID, NOW, BODY))
        .isEqualTo("v1," + Signer.shopify(plain, content));
  }

  private boolean genuine(Map<String, String> headers) {
    return scheme.verify(message(headers, BODY), NOW).genuine();
  }

  private static Map<String, String> signed(String signature) {
    return headers(ID, "1700000000", signature);
  }

  private static Map<String, String> headers(String id, String timestamp, String signature) {
    return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signature);
  }

  private static SignatureScheme scheme(Secret... secrets) {
    return SignatureSchemes.of(
        "standard-webhooks", new SigningSettings(List.of(secrets), Map.of(), null, null));
  }
}
