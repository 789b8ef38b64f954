package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R05")
class PaceTest {
  private static final long MS = 1_000_000;

  private final Pace pace = new Pace();

  @Test
  void a_rest_is_twice_the_work_and_bounded() {
    pace.begin(5 * MS);

    assertThat(pace.restMs(9 * MS)).isEqualTo(9);
    assertThat(pace.restMs(5_000 * MS)).isEqualTo(250);
  }

  @Test
  void a_partner_who_is_slow_is_rest_enough() {
    pace.waited(0, 40 * MS);

    assertThat(pace.restMs(60 * MS)).isZero();
    assertThat(pace.restMs(65 * MS)).isEqualTo(11);

    pace.begin(65 * MS);
    assertThat(pace.restMs(70 * MS)).as("his answer counts once").isEqualTo(11);
  }
}
