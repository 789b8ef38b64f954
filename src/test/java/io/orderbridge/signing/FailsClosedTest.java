package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.SERIAL;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orderbridge.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is sent or configured, only the promised exceptions come out. */
@Tag("R53")
@Tag("R71")
class FailsClosedTest {
  private static final long SEED = 20_261_123L;
  private static final int ROUNDS = 3_000;
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

  private final Random random = new Random(SEED);
  private final SigningSettings settings = settings(Map.of());

  private static SigningSettings settings(Map<String, String> options) {
    return new SigningSettings(
        List.of(Secret.of("hush")),
        Map.of(SERIAL, Vectors.PUBLIC_PEM),
        Secret.of(Vectors.of("wechatpay.notify.aead").key()),
        null,
        options);
  }

  @Test
  void headers_of_any_text_are_forged_and_never_an_exception() {
    List<String> sensible =
        List.of("1700000000", SERIAL, "AAAA", "v1,AAAA", "n", "", "00ff", "t=1700000000,v1=00ff");
    for (String name : SignatureSchemes.names()) {
      if (name.equals(NoScheme.NAME)) {
        continue;
      }
      SignatureScheme scheme = scheme(name);
      for (int round = 0; round < ROUNDS; round++) {
        SignedMessage message =
            new SignedMessage(
                header ->
                    random.nextBoolean() ? sensible.get(random.nextInt(sensible.size())) : noise(),
                random.nextBoolean() ? form() : bytes(random.nextInt(50)),
                new String(random.nextBoolean() ? form() : bytes(20), StandardCharsets.ISO_8859_1));
        assertThat(scheme.verify(message, NOW).genuine())
            .as("%s seed %d round %d", name, SEED, round)
            .isFalse();
      }
    }
  }

  @Test
  void an_answer_of_any_bytes_is_forged_and_never_an_exception() {
    for (Samples.Sample sample : Samples.all()) {
      if (!sample.settings().containsKey("platform-key")) {
        continue;
      }
      RequestSigner signer = RequestSigners.of(sample.settings());
      byte[] answer = utf8("{\"a_response\":{\"code\":\"1\",\"b\":[1,{}]},\"sign\":\"AAAA\"}");
      for (int round = 0; round < ROUNDS; round++) {
        byte[] body = random.nextBoolean() ? damaged(answer) : bytes(random.nextInt(50));
        assertThat(signer.answered(header -> noise(), body, NOW).genuine())
            .as("%s seed %d round %d", sample, SEED, round)
            .isFalse();
      }
    }
  }

  private static SignatureScheme scheme(String name) {
    return SignatureSchemes.of(
        name, settings(name.equals("hmac-sha256") ? Map.of("header", "X-Sign") : Map.of()));
  }

  /** Some of the names that schemes look for, with anything behind. */
  private byte[] form() {
    List<String> names =
        List.of("sign", "sign_type", "param", "timestamp", "nonce", "signature", "data_digest");
    List<String> values = List.of("RSA2", "00ff", "AAAA", "1700000000", "%41", "%zz", "%", "");
    StringBuilder form = new StringBuilder("logistics_interface=1");
    for (int field = random.nextInt(8); field >= 0; field--) {
      form.append('&').append(names.get(random.nextInt(names.size())));
      form.append('=').append(values.get(random.nextInt(values.size())));
    }
    return utf8(form.toString());
  }

  @Test
  void a_damaged_notification_opens_or_is_a_refusal() {
    SignatureScheme scheme = SignatureSchemes.of("wechat-pay", settings);
    byte[] body = utf8(Vectors.of("wechatpay.notify.sign").input().split("\n", 3)[2]);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damaged(body);
      Throwable thrown = catchThrowable(() -> scheme.open(damaged));
      if (thrown != null) {
        assertThat(thrown).as("seed %d round %d", SEED, round).isInstanceOf(Refusal.class);
      }
    }
  }

  @Test
  void a_damaged_key_is_read_or_refused_by_its_serial() {
    for (String pem : List.of(Vectors.PUBLIC_PEM, Vectors.CERTIFICATE_PEM)) {
      String type = pem.contains("CERTIFICATE") ? "CERTIFICATE" : "PUBLIC KEY";
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      for (int round = 0; round < ROUNDS; round++) {
        String damaged =
            "-----BEGIN %s-----\n%s\n-----END %s-----"
                .formatted(type, Base64.getEncoder().encodeToString(damaged(der)), type);
        Throwable thrown = catchThrowable(() -> PartnerKey.parse("SER1", damaged));
        if (thrown != null) {
          assertThat(thrown)
              .as("seed %d round %d", SEED, round)
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("SER1");
        }
      }
    }
  }

  private byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    for (int hit = random.nextInt(3); hit >= 0; hit--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    return damaged;
  }

  private String noise() {
    return random.nextInt(10) == 0
        ? null
        : new String(bytes(random.nextInt(300)), StandardCharsets.ISO_8859_1);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
