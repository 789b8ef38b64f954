package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final long SECOND = 1_000_000_000L;
  // System.nanoTime may be negative and may wrap around.
  private static final long START = Long.MAX_VALUE - SECOND;
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Breaker BREAKER = new Breaker(3, PAUSE);

  private static Gate gate(int perSecond) {
    return new Gate(
        new Limits(8, Limits.Rate.perSecond(perSecond), Duration.ofSeconds(10), 1024),
        BREAKER,
        START);
  }

  private static void fail(Gate gate, int times, long now) {
    for (int i = 0; i < times; i++) {
      gate.failed(now);
    }
  }

  @Test
  void without_a_rate_all_that_is_wanted_is_admitted() {
    assertThat(gate(0).admit(8, START)).isEqualTo(8);
    assertThat(gate(0).admit(0, START)).isZero();
    assertThat(gate(0).admit(-3, START)).isZero();
  }

  @Test
  void never_more_than_the_rate_in_any_second_after_the_first() {
    // Given
    Gate gate = gate(50);
    gate.admit(50, START);

    // When: asked a thousand times a second for ten seconds
    int admitted = 0;
    for (int ms = 1; ms <= 10_000; ms++) {
      admitted += gate.admit(8, START + ms * SECOND / 1000);
    }

    // Then
    assertThat(admitted).isBetween(499, 500);
  }

  @Test
  void a_quiet_hour_saves_up_one_second_at_most() {
    Gate gate = gate(50);
    gate.admit(50, START);
    assertThat(gate.admit(1_000, START + 3600 * SECOND)).isEqualTo(50);
  }

  @Test
  void ten_in_a_minute_is_one_every_six_seconds_and_the_wait_is_told() {
    Limits.Rate rate = new Limits.Rate(10, Duration.ofMinutes(1));
    Gate gate = new Gate(new Limits(8, rate, Duration.ofSeconds(10), 1024), BREAKER, START);
    int admitted = 0;
    for (int ms = 0; ms < 60_000; ms += 10) {
      admitted += gate.admit(8, START + ms * SECOND / 1000);
    }
    assertThat(admitted).isEqualTo(10);

    long now = START + 60 * SECOND;
    assertThat(gate.admit(1, now)).isEqualTo(1);
    assertThat(gate.opensIn(now)).isBetween(Duration.ofMillis(5_999), Duration.ofMillis(6_000));
    assertThat(gate.admit(1, now + 6 * SECOND)).isEqualTo(1);
  }

  @Test
  void a_closed_gate_tells_when_it_opens() {
    Gate gate = gate(0);
    assertThat(gate.opensIn(START)).isZero();
    gate.closeFor(Duration.ofSeconds(60), START);
    assertThat(gate.opensIn(START + SECOND)).isEqualTo(Duration.ofSeconds(59));
    fail(gate, 3, START);
    long later = START + 61 * SECOND;
    assertThat(gate.admit(1, later)).isEqualTo(1);
    assertThat(gate.opensIn(later)).as("while one tells whether it is back").isEqualTo(PAUSE);
  }

  @Test
  void permits_that_found_nothing_to_do_are_given_back() {
    Gate gate = gate(10);
    assertThat(gate.admit(10, START)).isEqualTo(10);
    gate.unused(4);
    assertThat(gate.admit(10, START)).isEqualTo(4);
  }

  @Test
  void the_moment_a_target_comes_back_is_told_once() {
    Gate gate = gate(0);
    fail(gate, 2, START);
    assertThat(gate.answered()).as("it was never left alone").isFalse();

    fail(gate, 3, START);

    assertThat(gate.answered()).isTrue();
    assertThat(gate.answered()).isFalse();
  }

  @Test
  void after_three_failures_in_a_row_nothing_is_sent_until_the_pause_is_over() {
    Gate gate = gate(0);
    fail(gate, 2, START);
    assertThat(gate.admit(8, START)).as("two").isEqualTo(8);
    gate.answered();
    fail(gate, 2, START);
    assertThat(gate.admit(8, START)).as("in a row").isEqualTo(8);

    gate.failed(START);

    assertThat(gate.closed(START)).isTrue();
    assertThat(gate.admit(8, START + PAUSE.toNanos() - 1)).isZero();
    assertThat(gate.closed(START + PAUSE.toNanos())).isFalse();
  }

  @Test
  void one_delivery_tells_whether_it_is_back() {
    Gate gate = gate(0);
    fail(gate, 3, START);
    long later = START + PAUSE.toNanos();

    assertThat(gate.admit(8, later)).isEqualTo(1);
    assertThat(gate.admit(8, later + 1)).as("while it is under way").isZero();
    gate.failed(later + SECOND);
    assertThat(gate.admit(8, later + 2 * SECOND)).as("still away").isZero();
    long again = later + SECOND + PAUSE.toNanos();
    assertThat(gate.admit(8, again)).isEqualTo(1);
    gate.answered();
    assertThat(gate.admit(8, again)).isEqualTo(8);
  }

  @Test
  void a_probe_that_found_nothing_to_send_leaves_room_for_the_next() {
    Gate gate = gate(0);
    fail(gate, 3, START);
    long later = START + PAUSE.toNanos();
    assertThat(gate.admit(8, later)).isEqualTo(1);
    gate.unused(1);
    assertThat(gate.admit(8, later)).isEqualTo(1);
  }

  @Test
  void a_probe_that_never_reports_is_not_waited_for_for_ever() {
    Gate gate = gate(0);
    fail(gate, 3, START);
    long later = START + PAUSE.toNanos();
    assertThat(gate.admit(8, later)).isEqualTo(1);
    assertThat(gate.admit(8, later + PAUSE.toNanos() - 1)).isZero();
    assertThat(gate.admit(8, later + PAUSE.toNanos())).isEqualTo(1);
  }

  @Test
  void a_target_that_asks_for_a_pause_gets_it_and_a_shorter_one_does_not_end_it() {
    Gate gate = gate(0);
    gate.closeFor(Duration.ofSeconds(60), START);
    gate.closeFor(Duration.ofSeconds(5), START);
    assertThat(gate.admit(8, START + 59 * SECOND)).isZero();
    assertThat(gate.admit(8, START + 60 * SECOND)).isEqualTo(8);
  }
}
