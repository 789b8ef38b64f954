package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How fast, and how long still. */
class PaceTest {
  private final SteppedClock clock = new SteppedClock(Instant.parse("2025-11-01T02:00:00Z"));
  private final Pace pace = new Pace(clock, "bank/bill:2025-10-31");

  @Test
  void what_remains_goes_as_fast_as_what_was_done() {
    pace.at("reading", 0, 0, 4_000);
    assertThat(pace.told()).isEqualTo(new Pace.Told("reading", 0, 0, null));

    clock.step(Duration.ofSeconds(10));
    pace.at("reading", 20_000, 1_000, 4_000);
    assertThat(pace.told())
        .isEqualTo(new Pace.Told("reading", 20_000, 2_000, Duration.ofSeconds(30)));

    clock.step(Duration.ofSeconds(10));
    pace.at("reading", 60_000, 4_000, 4_000);
    assertThat(pace.told().remaining()).isNull();

    pace.at("joining", 0, 0, 9);
    assertThat(pace.told()).isEqualTo(new Pace.Told("joining", 0, 0, null));
  }
}
