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
  private final SigningSettings settings =
      new SigningSettings(
          List.of(Secret.of("hush")),
          Map.of(SERIAL, Vectors.PUBLIC_PEM),
          Secret.of(Vectors.of("wechatpay.notify.aead").key()),
          null);

  @Test
  void headers_of_any_text_are_forged_and_never_an_exception() {
    List<String> sensible = List.of("1700000000", SERIAL, "AAAA", "v1,AAAA", "n", "");
    for (String name : List.of("shopify", "wechat-pay", "standard-webhooks")) {
      SignatureScheme scheme = SignatureSchemes.of(name, settings);
      for (int round = 0; round < ROUNDS; round++) {
        SignedMessage message =
            new SignedMessage(
                header ->
                    random.nextBoolean() ? sensible.get(random.nextInt(sensible.size())) : noise(),
                bytes(random.nextInt(50)));
        assertThat(scheme.verify(message, NOW).genuine())
            .as("%s seed %d round %d", name, SEED, round)
            .isFalse();
      }
    }
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
