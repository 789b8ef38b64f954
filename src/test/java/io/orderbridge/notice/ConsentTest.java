package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words of a customer come to, for a promotion by SMS. */
@Tag("R27")
class ConsentTest {
  @ParameterizedTest
  @CsvSource({
    "'', NOTHING",
    "sms PROMOTION GRANTED 1, GRANTED",
    "* * GRANTED 1, GRANTED",
    "push PROMOTION GRANTED 1, NOTHING",
    "sms TRANSACTION GRANTED 1, NOTHING",
    "sms TRANSACTION WITHDRAWN 1, NOTHING",
    "* PROMOTION WITHDRAWN 1, WITHDRAWN",
    "sms * WITHDRAWN 1, WITHDRAWN",
    // Consent that comes later and as closely takes the withdrawal back.
    "* * WITHDRAWN 1; sms PROMOTION GRANTED 2, GRANTED",
    "sms PROMOTION WITHDRAWN 1; sms PROMOTION GRANTED 2, GRANTED",
    // A yes to everything does not take back a no to just this.
    "sms PROMOTION WITHDRAWN 1; * * GRANTED 2, WITHDRAWN",
    "sms PROMOTION WITHDRAWN 1; * PROMOTION GRANTED 2, WITHDRAWN",
    "sms PROMOTION WITHDRAWN 1; sms * GRANTED 2, WITHDRAWN",
    "sms PROMOTION GRANTED 1; * * WITHDRAWN 2, WITHDRAWN",
    "sms PROMOTION GRANTED 1; sms PROMOTION WITHDRAWN 1, WITHDRAWN",
    "* * WITHDRAWN 1; push PROMOTION GRANTED 2, WITHDRAWN"
  })
  void the_words_in_any_order_come_to(String words, Says says) {
    List<Consent> said = new ArrayList<>();
    for (String word : words.isEmpty() ? new String[0] : words.split("; ")) {
      String[] parts = word.split(" ");
      said.add(
          new Consent(
              parts[0],
              parts[1],
              Says.valueOf(parts[2]),
              Instant.ofEpochSecond(Long.parseLong(parts[3])),
              "form"));
    }
    assertThat(Consent.of(said, "sms", Content.PROMOTION)).isEqualTo(says);
    Collections.reverse(said);
    assertThat(Consent.of(said, "sms", Content.PROMOTION)).isEqualTo(says);
  }
}
