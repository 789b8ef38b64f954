package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R71")
class AlipaySchemeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
  private static final Map<String, String> FIELDS =
      Map.of(
          "app_id", "2014072300007148",
          "seller_id", "2088102122524333",
          "charset", "utf-8",
          "subject", "茶 & 杯=1+1",
          "empty", "",
          "total_amount", "199.00");
  private static final String NODE = "{\"code\":\"10000\", \"msg\":\"成功 \\u00e9\"}";

  private final SignatureScheme scheme = scheme(Map.of());

  @Test
  void a_signed_form_is_genuine_with_any_of_the_keys() {
    assertThat(scheme.verify(notification(FIELDS), NOW)).isEqualTo(Verdict.GENUINE);
    SigningSettings two =
        new SigningSettings(
            List.of(),
            Map.of("old", Keys.publicPem(Keys.rsa(2048)), "new", Vectors.CERTIFICATE_PEM),
            null,
            null);
    assertThat(SignatureSchemes.of("alipay", two).verify(notification(FIELDS), NOW).genuine())
        .isTrue();
  }

  @Test
  void a_certificate_counts_only_while_it_is_valid() {
    SigningSettings settings =
        new SigningSettings(List.of(), Map.of("c", Vectors.CERTIFICATE_PEM), null, null);
    SignatureScheme byCertificate = SignatureSchemes.of("alipay", settings);

    assertThat(byCertificate.verify(notification(FIELDS), Instant.EPOCH).genuine()).isFalse();
  }

  @Test
  void another_key_is_forged() {
    SigningSettings settings =
        new SigningSettings(List.of(), Map.of("k", Keys.publicPem(Keys.rsa(2048))), null, null);

    assertThat(SignatureSchemes.of("alipay", settings).verify(notification(FIELDS), NOW).reason())
        .contains("fits none of the 1 keys");
  }

  @Test
  void every_changed_byte_that_changes_a_field_is_seen() {
    byte[] body = notification(FIELDS).body();
    List<byte[]> changes = new ArrayList<>(Tamper.lengths(body));
    for (int at = 0; at < body.length; at++) {
      changes.add(Tamper.bit(body, at * Byte.SIZE));
    }
    for (byte[] changed : changes) {
      // %3d means the same as %3D; blank fields are not signed.
      boolean same = meaning(changed).equals(meaning(body));
      assertThat(scheme.verify(message(Map.of(), changed), NOW).genuine() && !same)
          .as(new String(changed, StandardCharsets.ISO_8859_1))
          .isFalse();
    }
  }

  private static Optional<Map<String, String>> meaning(byte[] form) {
    return FormText.decode(form).map(SortedParameters::withoutEmpty);
  }

  @Test
  void a_field_more_or_less_or_twice_is_forged() {
    String body = new String(notification(FIELDS).body(), StandardCharsets.US_ASCII);
    for (String changed :
        List.of(
            body + "&more=1",
            body + "&total_amount=1.00",
            body.replace("&total_amount=199.00", "").replace("total_amount=199.00&", ""),
            body.replaceAll("sign=[^&]+", "sign="),
            body.replaceAll("sign=[^&]+", "a=b"),
            body.replace("sign_type=RSA2", "sign_type=RSA"),
            body.replace("sign_type=RSA2", "a=b"),
            "",
            "{}")) {
      assertThat(scheme.verify(message(Map.of(), utf8(changed)), NOW).genuine())
          .as(changed)
          .isFalse();
    }
  }

  @Test
  void a_notification_for_another_app_or_merchant_is_refused() {
    SignatureScheme ours =
        scheme(Map.of("app-id", "1, 2014072300007148", "seller-id", "2088102122524333"));

    assertThat(ours.verify(notification(FIELDS), NOW).genuine()).isTrue();
    assertThat(ours.verify(notification(with("app_id", "3")), NOW).reason()).contains("app_id");
    assertThat(ours.verify(notification(with("seller_id", "3")), NOW).reason())
        .contains("seller_id");
  }

  @Test
  void another_charset_is_refused_before_anything_is_misread() {
    assertThat(scheme.verify(notification(with("charset", "GBK")), NOW).reason())
        .contains("charset is not utf-8");
  }

  @Test
  void a_signed_answer_is_genuine_whatever_its_spaces_and_the_order() {
    for (String answer :
        List.of(
            "{\"alipay_trade_query_response\":%s,\"sign\":\"%s\"}",
            " {\n \"sign_\" : 1, \"alipay_trade_query_response\" : %s , \"sign\":\"%s\" }\n",
            "{\"error_response\":%s,\"alipay_cert_sn\":\"x\",\"sign\":\"%s\"}")) {
      assertThat(answered(answer.formatted(NODE, sign(NODE)))).as(answer).isTrue();
    }
    assertThat(answered("{\"sign\":\"%s\",\"a_response\":%s}".formatted(sign(NODE), NODE)))
        .isTrue();
  }

  @Test
  void an_encrypted_answer_is_signed_with_its_quotes() {
    String node = "\"QUJD\"";

    assertThat(answered("{\"a_response\":%s,\"sign\":\"%s\"}".formatted(node, sign(node))))
        .isTrue();
  }

  @Test
  void an_answer_whose_slashes_were_escaped_after_signing_is_genuine() {
    String sign = sign("{\"url\":\"https://a/b\"}");

    assertThat(
            answered(
                "{\"a_response\":{\"url\":\"https:\\/\\/a\\/b\"},\"sign\":\"%s\"}".formatted(sign)))
        .isTrue();
  }

  @Test
  void every_changed_bit_of_the_signed_node_is_seen() {
    byte[] answer = utf8("{\"a_response\":%s,\"sign\":\"%s\"}".formatted(NODE, sign(NODE)));
    int start = "{\"a_response\":".length();
    for (int bit = start * Byte.SIZE; bit < (start + utf8(NODE).length) * Byte.SIZE; bit++) {
      assertThat(signer("signed").answered(h -> null, Tamper.bit(answer, bit), NOW).genuine())
          .as("bit %d", bit)
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"sign\":\"AAAA\"}",
        "{\"a_response\":{\"code\":\"10000\"}}",
        "{\"a_response\":{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}}",
        "{\"a_response\":{\"inner\":{\"code\":\"40002\"}}}",
        "{\"a_response\":{\"code\":40002}}",
        "{\"a_response\":{\"code\":\"40002\"},\"b_response\":{\"code\":\"10000\"}}",
        "{\"a_response\":{\"code\":\"10000\",\"code\":\"40002\"}}",
        "{\"a_response\":{\"code\":\"10000\"},\"sign\":\"\"}",
        "{\"a_response\":{\"code\":\"10000\"},\"sign\":\"####\"}",
        "{\"a_response\":{\"code\":\"10000\"},\"sign\":null}",
        "{\"a_response\":{\"code\":\"40002\"}} {}",
        "{\"a_response\":{\"code\":"
      })
  void an_answer_without_a_fitting_signature_is_forged(String answer) {
    assertThat(answered(answer)).isFalse();
  }

  @Test
  void an_answer_in_another_encoding_is_forged() {
    String answer = "{\"a_response\":%s,\"sign\":\"%s\"}".formatted(NODE, sign(NODE));
    for (Charset charset :
        List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
      assertThat(signer("signed").answered(header -> null, answer.getBytes(charset), NOW).genuine())
          .isFalse();
    }
  }

  @Test
  void a_second_node_beside_the_signed_one_is_forged() {
    assertThat(
            answered(
                "{\"a_response\":%s,\"b_response\":{},\"sign\":\"%s\"}"
                    .formatted(NODE, sign(NODE))))
        .isFalse();
  }

  @Test
  void an_error_of_the_gateway_itself_may_come_unsigned() {
    assertThat(answered("{\"error_response\":{\"code\":\"40002\",\"sub_code\":\"isv.x\"}}"))
        .isTrue();
    assertThat(answered("{\"a_response\":{\"msg\":\"m\",\"code\":\"20000\"}}")).isTrue();
  }

  @Test
  void unsigned_answers_are_taken_only_when_that_is_written() {
    assertThat(signer("unsigned").answered(h -> null, utf8("{}"), NOW).genuine()).isTrue();
    assertThat(signer("signed").answered(h -> null, utf8("{}"), NOW).genuine()).isFalse();
  }

  private boolean answered(String answer) {
    return signer("signed").answered(header -> null, utf8(answer), NOW).genuine();
  }

  private static RequestSigner signer(String answers) {
    return RequestSigners.of(
        Map.of(
            "scheme",
            "alipay-rsa2",
            "app-id",
            "1",
            "private-key",
            Vectors.PRIVATE_PEM,
            "platform-key",
            Vectors.PUBLIC_PEM,
            "answers",
            answers));
  }

  private static String sign(String node) {
    return Signer.alipayAnswer(Vectors.PRIVATE_PEM, node);
  }

  private static SignatureScheme scheme(Map<String, String> options) {
    return SignatureSchemes.of(
        "alipay",
        new SigningSettings(List.of(), Map.of("k", Vectors.PUBLIC_PEM), null, null, options));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> fields = new HashMap<>(FIELDS);
    fields.put(name, value);
    return fields;
  }

  private static SignedMessage notification(Map<String, String> fields) {
    Map<String, String> signed = new TreeMap<>(fields);
    signed.put("sign_type", "RSA2");
    signed.put("sign", Signer.alipayNotify(Vectors.PRIVATE_PEM, fields));
    return message(Map.of(), SignableRequest.encodedForm(signed));
  }
}
