package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stripe's own SDK and we agree on random input. */
@Tag("R71")
class StripeOracleTest {
  private static final long SEED = 20_261_123L;
  private static final int ROUNDS = 300;
  private static final long TOLERANCE_SECONDS = 300;
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

  private final Random random = new Random(SEED);

  @Test
  void each_believes_the_other_within_the_tolerance() throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    for (int round = 0; round < ROUNDS; round++) {
      String secret = "whsec_" + text(1 + random.nextInt(30));
      String body = text(random.nextInt(300));
      Instant at = NOW.minusSeconds(random.nextInt((int) TOLERANCE_SECONDS));

      String ours = Signer.stripe(Secret.of(secret), at, utf8(body));
      String theirs = Webhook.Signature.generateSignatureHeader(body, secret, at.getEpochSecond());

      assertThat(Webhook.Signature.verifyHeader(body, ours, secret, TOLERANCE_SECONDS, clock))
          .as("seed %d round %d", SEED, round)
          .isTrue();
      SignatureScheme scheme =
          SignatureSchemes.of(
              "stripe", new SigningSettings(List.of(Secret.of(secret)), Map.of(), null, null));
      assertThat(scheme.verify(message(Map.of("Stripe-Signature", theirs), utf8(body)), NOW))
          .as("seed %d round %d: %s", SEED, round, theirs)
          .isEqualTo(Verdict.GENUINE);
    }
  }

  /** Any text but surrogates, so that its UTF-8 is exact. */
  private String text(int length) {
    return random
        .ints(length, 1, Character.MIN_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
