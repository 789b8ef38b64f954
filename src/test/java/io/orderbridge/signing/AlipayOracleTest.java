package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.SignItem;
import com.alipay.api.internal.parser.json.JsonConverter;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alipay's own SDK and we agree on random input. */
@Tag("R71")
class AlipayOracleTest {
  private static final long SEED = 20_261_123L;
  private static final int ROUNDS = 200;
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final String PRIVATE = bare(Vectors.PRIVATE_PEM);
  private static final String PUBLIC = bare(Vectors.PUBLIC_PEM);

  private final Random random = new Random(SEED);
  private final RequestSigner signer =
      RequestSigners.of(
          Map.of(
              "scheme",
              "alipay-rsa2",
              "app-id",
              "1",
              "private-key",
              PRIVATE,
              "platform-key",
              PUBLIC));
  private final SignatureScheme scheme =
      SignatureSchemes.of(
          "alipay", new SigningSettings(List.of(), Map.of("a", PUBLIC), null, null));

  @Test
  void the_sdk_signs_the_request_as_we_do() throws AlipayApiException {
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> fields = fields();

      Map<String, String> signed = signer.sign(Samples.form(fields), null, NOW, "").form();

      Map<String, String> unsigned = new TreeMap<>(signed);
      String ours = unsigned.remove("sign");
      String content = AlipaySignature.getSignContent(unsigned);
      assertThat(ours)
          .as("seed %d round %d", SEED, round)
          .isEqualTo(AlipaySignature.rsa256Sign(content, PRIVATE, "utf-8"));
    }
  }

  @Test
  void the_sdk_believes_our_notifications_and_we_those_of_the_sdk() throws AlipayApiException {
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> fields = fields();
      fields.put("charset", "utf-8");
      Map<String, String> ours = new HashMap<>(fields);
      ours.put("sign_type", "RSA2");
      ours.put("sign", Signer.alipayNotify(Vectors.PRIVATE_PEM, fields));

      assertThat(AlipaySignature.rsaCheckV1(new HashMap<>(ours), PUBLIC, "utf-8", "RSA2"))
          .as("seed %d round %d: %s", SEED, round, fields)
          .isTrue();

      Map<String, String> theirs = new HashMap<>(fields);
      theirs.put("sign_type", "RSA2");
      String content = AlipaySignature.getSignCheckContentV1(new HashMap<>(theirs));
      theirs.put("sign", AlipaySignature.rsa256Sign(content, PRIVATE, "utf-8"));
      SignedMessage message = message(Map.of(), SignableRequest.encodedForm(theirs));
      assertThat(scheme.verify(message, NOW))
          .as("seed %d round %d: %s", SEED, round, fields)
          .isEqualTo(Verdict.GENUINE);
    }
  }

  @Test
  void the_sdk_cuts_the_same_text_out_of_an_answer() throws AlipayApiException, IOException {
    ObjectMapper json = new ObjectMapper();
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode node = json.createObjectNode().put("code", "10000").put("msg", text(20));
      node.putArray("list").addObject().put(text(5), text(20)).put("n", random.nextInt());
      String name = round % 5 == 0 ? "error_response" : "alipay_trade_query_response";
      String raw = round % 2 == 0 ? json.writeValueAsString(node) : node.toPrettyString();
      String sign = AlipaySignature.rsa256Sign(raw, PRIVATE, "utf-8");
      String answer = "{\"%s\":%s,\"sign\":\"%s\"}".formatted(name, raw, sign);

      SignItem item = new JsonConverter().getSignItem(new AlipayTradeQueryRequest(), answer);

      assertThat(item.getSignSourceDate()).as("seed %d round %d", SEED, round).isEqualTo(raw);
      assertThat(Signer.alipayAnswer(PRIVATE, raw)).isEqualTo(sign);
      assertThat(signer.answered(header -> null, utf8(answer), NOW))
          .as("seed %d round %d: %s", SEED, round, answer)
          .isEqualTo(Verdict.GENUINE);
    }
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    for (int field = random.nextInt(8); field >= 0; field--) {
      fields.put(
          "f" + random.nextInt(100),
          random.nextInt(5) == 0 ? " ".repeat(random.nextInt(3)) : text(30));
    }
    return fields;
  }

  /** Any text but surrogates, so that its UTF-8 is exact. */
  private String text(int most) {
    return random
        .ints(1 + random.nextInt(most), ' ', Character.MIN_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String bare(String pem) {
    return pem.replaceAll("-----[A-Z ]+-----|\\s", "");
  }
}
