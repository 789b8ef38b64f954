package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R53")
class ShopifySchemeTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final String HEADER = "X-Shopify-Hmac-Sha256";
  private static final String HEADER_EVENTS = "shopify-hmac-sha256";
  private static final Secret SECRET = Secret.of("hush");
  private static final byte[] BODY = utf8("{\"id\": 1, \"total_price\": \"9.90\"}");
  private static final String SIGNATURE = Signer.shopify(SECRET, BODY);

  private final SignatureScheme scheme = scheme(SECRET);

  @Test
  void the_known_answer_is_genuine_and_is_what_we_sign() {
    Vectors.Vector vector = Vectors.of("shopify.webhook");
    Secret secret = Secret.of(vector.key());
    byte[] body = utf8(vector.input());

    assertThat(Signer.shopify(secret, body)).isEqualTo(vector.expected());
    assertThat(scheme(secret).verify(message(Map.of(HEADER, vector.expected()), body), NOW))
        .isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {HEADER, "x-shopify-hmac-sha256", HEADER_EVENTS, "Shopify-Hmac-Sha256"})
  void both_dialects_of_the_header_are_read_in_any_case(String header) {
    assertThat(genuine(Map.of(header, SIGNATURE), BODY)).isTrue();
  }

  @Test
  void of_two_dialects_the_new_one_decides() {
    assertThat(genuine(Map.of(HEADER_EVENTS, SIGNATURE, HEADER, "AAAA"), BODY)).isTrue();
    assertThat(genuine(Map.of(HEADER_EVENTS, "AAAA", HEADER, SIGNATURE), BODY)).isFalse();
    assertThat(genuine(Map.of(HEADER_EVENTS, "", HEADER, SIGNATURE), BODY)).isFalse();
  }

  @Test
  void a_message_without_signature_is_forged_and_says_which_header_is_missing() {
    Verdict verdict = scheme.verify(message(Map.of(), BODY), NOW);

    assertThat(verdict.genuine()).isFalse();
    assertThat(verdict.reason()).contains(HEADER, HEADER_EVENTS);
  }

  @Test
  void every_changed_bit_of_the_body_is_seen() {
    for (int bit = 0; bit < BODY.length * Byte.SIZE; bit++) {
      assertThat(genuine(Map.of(HEADER, SIGNATURE), Tamper.bit(BODY, bit)))
          .as("bit %d", bit)
          .isFalse();
    }
  }

  @Test
  void a_body_that_is_cut_or_longer_is_forged() {
    for (byte[] body : Tamper.lengths(BODY)) {
      assertThat(genuine(Map.of(HEADER, SIGNATURE), body)).as("%d bytes", body.length).isFalse();
    }
  }

  @Test
  void the_same_json_written_again_is_forged() throws IOException {
    ObjectMapper json = new ObjectMapper();
    byte[] again = json.writeValueAsBytes(json.readTree(BODY));

    assertThat(json.readTree(again)).isEqualTo(json.readTree(BODY));
    assertThat(genuine(Map.of(HEADER, SIGNATURE), again)).isFalse();
  }

  @Test
  void every_other_spelling_of_the_signature_is_forged() {
    for (String text : Tamper.spellings(SIGNATURE)) {
      assertThat(genuine(Map.of(HEADER, text), BODY)).as(text).isFalse();
    }
  }

  @Test
  void an_empty_body_is_forged_even_with_its_right_signature() {
    byte[] empty = {};

    assertThat(genuine(Map.of(HEADER, Signer.shopify(SECRET, empty)), empty)).isFalse();
  }

  @Test
  void another_shops_secret_is_forged() {
    String other = Signer.shopify(Secret.of("hush2"), BODY);

    assertThat(genuine(Map.of(HEADER, other), BODY)).isFalse();
  }

  @Test
  void during_a_rotation_the_old_and_the_new_secret_sign() {
    Secret old = Secret.of("old");
    Secret fresh = Secret.of("new");
    SignatureScheme both = scheme(fresh, old);

    for (Secret secret : List.of(old, fresh)) {
      SignedMessage message = message(Map.of(HEADER, Signer.shopify(secret, BODY)), BODY);
      assertThat(both.verify(message, NOW).genuine()).isTrue();
    }
    SignedMessage late = message(Map.of(HEADER, Signer.shopify(old, BODY)), BODY);
    assertThat(scheme(fresh).verify(late, NOW).genuine()).isFalse();
  }

  @Test
  void the_body_is_opened_as_it_is() {
    assertThat(scheme.open(BODY)).isSameAs(BODY);
  }

  @Test
  void a_reason_holds_neither_signature_nor_secret() {
    Map<String, String> headers = new HashMap<>(Map.of(HEADER, SIGNATURE));
    Verdict verdict = scheme.verify(message(headers, utf8("{}")), NOW);

    assertThat(verdict.genuine()).isFalse();
    assertThat(verdict.reason()).doesNotContain(SIGNATURE, "hush");
  }

  private boolean genuine(Map<String, String> headers, byte[] body) {
    return scheme.verify(message(headers, body), NOW).genuine();
  }

  private static SignatureScheme scheme(Secret... secrets) {
    return SignatureSchemes.of(
        "shopify", new SigningSettings(List.of(secrets), Map.of(), null, null));
  }
}
