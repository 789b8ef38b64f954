package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R71")
@Tag("R72")
@Tag("R73")
class InboundSchemesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final Secret SECRET = Secret.of("current-secret");
  private static final Secret OLD = Secret.of("former-secret");
  private static final byte[] XML = utf8("<request><id>中1</id></request>");
  private static final byte[] JSON = utf8("{\"event\":\"旗舰店\"}");
  private static final String CONTENT = "{\"state\":\"3\"}";

  /** A genuine message of a scheme, made with one secret. */
  private record Sent(Map<String, String> headers, byte[] body, String query) {
    SignedMessage message() {
      return Vectors.message(headers, body, query);
    }

    Sent withBody(byte[] other) {
      return new Sent(headers, other, query);
    }
  }

  private static Sent sent(String scheme, Secret secret, Instant at) {
    return switch (scheme) {
      case "stripe" ->
          new Sent(Map.of("Stripe-Signature", Signer.stripe(secret, at, JSON)), JSON, "");
      case "qimen" -> new Sent(Map.of(), XML, qimenQuery(secret, at, Map.of()));
      case "kuaidi100" -> form(Map.of("param", CONTENT, "sign", Signer.kuaidi100(secret, CONTENT)));
      case "17track" -> new Sent(Map.of("sign", Signer.track17(secret, JSON)), JSON, "");
      case "cainiao" ->
          form(
              Map.of(
                  "logistics_interface", CONTENT, "data_digest", Signer.cainiao(secret, CONTENT)));
      case "query-secret" -> new Sent(Map.of(), JSON, "a=1&token=" + secret.text());
      case "wechat-mp" -> new Sent(Map.of(), XML, wechatQuery(secret, at));
      default -> new Sent(Map.of("X-Sign", "sha256=" + Signer.hmacSha256(secret, JSON)), JSON, "");
    };
  }

  private static Sent form(Map<String, String> fields) {
    return new Sent(Map.of(), SignableRequest.encodedForm(new TreeMap<>(fields)), "");
  }

  private static String qimenQuery(Secret secret, Instant at, Map<String, String> more) {
    Map<String, String> query =
        new HashMap<>(
            Map.of(
                "method", "deliveryorder.confirm",
                "timestamp", ClockText.CHINA.of(at),
                "app_key", "A1",
                "customerId", "C1",
                "sign_method", "md5",
                "remark", "旗 舰+店"));
    query.putAll(more);
    query.put("sign", Signer.qimen(secret, query, XML));
    return SignableRequest.encodedQuery(new TreeMap<>(query));
  }

  private static String wechatQuery(Secret token, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    return "signature=%s&timestamp=%s&nonce=n1&openid=o"
        .formatted(Signer.wechatMp(token, timestamp, "n1"), timestamp);
  }

  private static SignatureScheme scheme(String name, Secret... secrets) {
    Map<String, String> options =
        name.equals("hmac-sha256") ? Map.of("header", "X-Sign", "prefix", "sha256=") : Map.of();
    return SignatureSchemes.of(
        name, new SigningSettings(List.of(secrets), Map.of(), null, null, options));
  }

  static List<String> schemes() {
    return List.of(
        "stripe",
        "qimen",
        "kuaidi100",
        "17track",
        "cainiao",
        "wechat-mp",
        "query-secret",
        "hmac-sha256");
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_message_with_the_secret_is_genuine_and_with_another_forged(String name) {
    assertThat(scheme(name, SECRET).verify(sent(name, SECRET, NOW).message(), NOW))
        .isEqualTo(Verdict.GENUINE);
    assertThat(scheme(name, SECRET).verify(sent(name, OLD, NOW).message(), NOW).reason())
        .contains("fits none of the 1 secrets");
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void during_a_rotation_both_secrets_count(String name) {
    SignatureScheme both = scheme(name, SECRET, OLD);

    assertThat(both.verify(sent(name, SECRET, NOW).message(), NOW).genuine()).isTrue();
    assertThat(both.verify(sent(name, OLD, NOW).message(), NOW).genuine()).isTrue();
    assertThat(both.verify(sent(name, Secret.of("third"), NOW).message(), NOW).genuine()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stripe", "qimen", "kuaidi100", "17track", "cainiao", "hmac-sha256"})
  void every_changed_bit_and_length_of_the_body_is_seen(String name) {
    Sent sent = sent(name, SECRET, NOW);
    List<byte[]> bodies = new ArrayList<>(Tamper.lengths(sent.body()));
    for (int bit = 0; bit < sent.body().length * Byte.SIZE; bit++) {
      bodies.add(Tamper.bit(sent.body(), bit));
    }
    for (byte[] body : bodies) {
      boolean genuine = scheme(name, SECRET).verify(sent.withBody(body).message(), NOW).genuine();
      // Hex digits and escapes have two spellings; of a form the meaning is signed.
      boolean same = FormText.decode(body).map(InboundSchemesTest::meaning).equals(meaningOf(sent));
      assertThat(genuine && !same)
          .as("%s: %s", name, new String(body, StandardCharsets.ISO_8859_1))
          .isFalse();
    }
  }

  private static Optional<Map<String, String>> meaningOf(Sent sent) {
    return FormText.decode(sent.body()).map(InboundSchemesTest::meaning);
  }

  private static Map<String, String> meaning(Map<String, String> fields) {
    Map<String, String> meaning = new HashMap<>(fields);
    meaning.computeIfPresent("sign", (name, hex) -> hex.toUpperCase(Locale.ROOT));
    return meaning;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stripe", "17track", "hmac-sha256"})
  void a_damaged_signature_header_is_forged(String name) {
    Sent sent = sent(name, SECRET, NOW);
    String header = sent.headers().keySet().iterator().next();
    String value = sent.headers().get(header);
    for (int i = 0; i < value.length(); i++) {
      char other = value.charAt(i) == '0' ? '1' : '0';
      for (String damaged :
          List.of(
              value.substring(0, i) + other + value.substring(i + 1),
              value.substring(0, i) + value.substring(i + 1),
              value.substring(0, i))) {
        Sent forged = new Sent(Map.of(header, damaged), sent.body(), "");
        assertThat(scheme(name, SECRET).verify(forged.message(), NOW).genuine())
            .as(damaged)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void a_message_without_any_signature_is_forged(String name) {
    for (String query : List.of("", "a=b", "a=b&a=c", "%zz", "sign=&signature=")) {
      Sent bare = new Sent(Map.of(), JSON, query);
      assertThat(scheme(name, SECRET).verify(bare.message(), NOW).genuine()).isFalse();
      assertThat(scheme(name, SECRET).verify(bare.withBody(new byte[0]).message(), NOW).genuine())
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stripe,300,true",
    "stripe,301,false",
    "qimen,600,true",
    "qimen,601,false",
    "wechat-mp,600,true",
    "wechat-mp,601,false"
  })
  void a_time_counts_within_the_tolerance_before_and_after(
      String name, long seconds, boolean genuine) {
    for (long distance : new long[] {seconds, -seconds}) {
      Sent sent = sent(name, SECRET, NOW.plusSeconds(distance));
      assertThat(scheme(name, SECRET).verify(sent.message(), NOW).genuine()).isEqualTo(genuine);
    }
  }

  @Test
  void a_set_tolerance_counts() {
    SignatureScheme strict =
        SignatureSchemes.of(
            "stripe", new SigningSettings(List.of(SECRET), Map.of(), null, Duration.ofSeconds(10)));

    Verdict verdict = strict.verify(sent("stripe", SECRET, NOW.minusSeconds(11)).message(), NOW);

    assertThat(verdict.reason()).contains("PT11S from our time, allowed PT10S");
  }

  @Test
  void stripe_takes_any_v1_of_several_and_no_v0() {
    String genuine = Signer.stripe(SECRET, NOW, JSON);
    String mac = genuine.substring(genuine.indexOf("v1=") + 3);
    String time = genuine.substring(0, genuine.indexOf(','));

    assertThat(stripe(time + ",v1=00ff,v1=" + mac + ",v0=aa")).isTrue();
    assertThat(stripe("v1=" + mac + "," + time)).isTrue();
    assertThat(stripe(time + ",v0=" + mac)).isFalse();
    assertThat(stripe(time + "," + time + ",v1=" + mac)).isFalse();
    assertThat(stripe("v1=" + mac)).isFalse();
    assertThat(stripe(time)).isFalse();
  }

  private static boolean stripe(String header) {
    return scheme("stripe", SECRET)
        .verify(message(Map.of("stripe-signature", header), JSON), NOW)
        .genuine();
  }

  @Test
  void qimen_signs_the_query_as_well() {
    String query = qimenQuery(SECRET, NOW, Map.of());
    for (String changed :
        List.of(
            query.replace("C1", "C2"),
            query + "&more=1",
            query + "&customerId=C2",
            query.replace("&remark=", "&other="),
            query.replaceAll("sign=[0-9A-F]+", "sign="),
            query.replaceAll("sign=[0-9A-F]+", "x=1"),
            "customerId=C2&" + query)) {
      assertThat(scheme("qimen", SECRET).verify(message(Map.of(), XML, changed), NOW).genuine())
          .as(changed)
          .isFalse();
    }
  }

  @Test
  void qimen_is_refused_with_another_method_of_signing_or_another_customer() {
    SigningSettings settings =
        new SigningSettings(
            List.of(SECRET), Map.of(), null, null, Map.of("customer-id", "C1", "app-key", "A1"));
    SignatureScheme scheme = SignatureSchemes.of("qimen", settings);

    assertThat(scheme.verify(qimen(Map.of()), NOW).genuine()).isTrue();
    assertThat(scheme.verify(qimen(Map.of("customerId", "C2")), NOW).reason())
        .contains("customerId", "'customer-id'");
    assertThat(scheme.verify(qimen(Map.of("app_key", "A2")), NOW).reason()).contains("app_key");
    assertThat(scheme.verify(qimen(Map.of("sign_method", "none")), NOW).reason())
        .contains("sign_method");
  }

  private static SignedMessage qimen(Map<String, String> more) {
    return message(Map.of(), XML, qimenQuery(SECRET, NOW, more));
  }

  @Test
  void a_field_that_comes_twice_is_forged_whatever_stands_in_it() {
    String body = new String(sent("kuaidi100", SECRET, NOW).body(), StandardCharsets.US_ASCII);

    Sent twice = new Sent(Map.of(), utf8(body + "&param=x"), "");

    assertThat(scheme("kuaidi100", SECRET).verify(twice.message(), NOW).reason())
        .contains("names a field twice");
  }

  @Test
  void a_secret_in_the_address_proves_who_was_told_it_and_not_the_body() {
    Sent sent = sent("query-secret", SECRET, NOW);
    Sent twice = new Sent(Map.of(), JSON, sent.query() + "&token=" + SECRET.text());
    Sent longer = new Sent(Map.of(), JSON, sent.query() + "x");

    assertThat(scheme("query-secret", SECRET).verify(sent.withBody(XML).message(), NOW).genuine())
        .isTrue();
    assertThat(scheme("query-secret", SECRET).verify(twice.message(), NOW).reason())
        .contains("twice");
    assertThat(scheme("query-secret", SECRET).verify(longer.message(), NOW).genuine()).isFalse();
  }

  @Test
  void an_event_of_a_service_account_proves_the_query_and_not_the_body() {
    Sent other = sent("wechat-mp", SECRET, NOW).withBody(utf8("<xml>other</xml>"));

    assertThat(scheme("wechat-mp", SECRET).verify(other.message(), NOW).genuine()).isTrue();
  }
}
