package io.orderbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R41")
class RunReasonTest {
  @Test
  void what_the_product_says_is_known_and_what_a_person_says_is_theirs() {
    assertThat(RunReason.of("orderbridge", "cleared by a later run")).contains(RunReason.CLEARED);
    assertThat(RunReason.of("orderbridge", "confirmed by a later run"))
        .contains(RunReason.CONFIRMED);
    assertThat(RunReason.of("wang", "cleared by a later run")).isEmpty();
    assertThat(RunReason.of("orderbridge", "")).isEmpty();
  }
}
