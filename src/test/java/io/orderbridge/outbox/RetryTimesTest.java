package io.orderbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.outbox.Target.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R11")
class RetryTimesTest {
  private static final Instant SINCE = Instant.parse("2026-11-20T02:00:00Z");
  private static final Retry RETRY =
      new Retry(
          List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(6)),
          Duration.ofHours(72));

  private static Optional<Duration> next(int failed, String key, Instant now) {
    return RetryTimes.next(RETRY, failed, key, SINCE, now);
  }

  @Test
  void waits_follow_the_list_within_a_tenth_and_the_last_one_repeats() {
    for (int key = 0; key < 1_000; key++) {
      for (int failed = 1; failed < 10; failed++) {
        Duration listed = RETRY.after().get(Math.min(failed, 3) - 1);
        Duration wait = next(failed, "event-" + key, SINCE).orElseThrow();
        assertThat(wait)
            .isBetween(listed.multipliedBy(9).dividedBy(10), listed.multipliedBy(11).dividedBy(10));
      }
    }
  }

  @Test
  void what_failed_together_does_not_return_together_and_can_be_foretold() {
    Set<Duration> waits = new HashSet<>();
    for (int key = 0; key < 200; key++) {
      waits.add(next(1, "event-" + key, SINCE).orElseThrow());
      assertThat(next(1, "event-" + key, SINCE)).isEqualTo(next(1, "event-" + key, SINCE));
    }
    assertThat(waits).hasSizeGreaterThan(15);
  }

  @Test
  void the_schedule_goes_on_for_three_days_and_then_ends() {
    // Given
    List<Instant> attempts = new ArrayList<>();
    Instant now = SINCE;

    // When
    for (int failed = 1; failed < 1_000; failed++) {
      attempts.add(now);
      Optional<Duration> wait = next(failed, "event-7", now);
      if (wait.isEmpty()) {
        break;
      }
      now = now.plus(wait.get());
    }

    // Then
    Instant last = attempts.get(attempts.size() - 1);
    assertThat(Duration.between(SINCE, last)).isBetween(Duration.ofHours(65), Duration.ofHours(72));
    assertThat(attempts).hasSizeBetween(12, 16);
  }

  @Test
  void no_clock_that_jumps_makes_a_storm() {
    assertThat(next(1, "k", SINCE.minus(Duration.ofDays(1))))
        .hasValueSatisfying(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(9)));
    assertThat(next(1, "k", SINCE.plus(Duration.ofDays(1)))).isPresent();
  }
}
