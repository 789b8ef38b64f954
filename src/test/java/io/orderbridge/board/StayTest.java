package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R16")
class StayTest {
  private static final long YEAR = Duration.ofDays(366).toSeconds();

  @Test
  void below_half_a_minute_a_stay_is_told_to_the_second() {
    for (long seconds = 0; seconds < 32; seconds++) {
      assertThat(told(seconds)).isEqualTo(seconds);
    }
  }

  @Test
  void a_stay_is_told_to_three_per_cent() {
    for (long seconds = 32; seconds < YEAR; seconds += 1 + seconds / 1000) {
      assertThat(Math.abs(told(seconds) - seconds) * 1000).isLessThanOrEqualTo(32 * seconds);
    }
  }

  @Test
  void a_longer_stay_is_never_in_a_lower_bucket_and_a_year_needs_few_of_them() {
    int before = 0;
    for (long seconds = 0; seconds < YEAR; seconds += 1 + seconds / 1000) {
      int bucket = Stay.bucket(Duration.ofSeconds(seconds));
      assertThat(bucket - before).isBetween(0, 1);
      before = bucket;
    }
    assertThat(before).isLessThan(400);
  }

  @Test
  void a_stay_below_zero_is_none() {
    assertThat(Stay.bucket(Duration.ofSeconds(-5))).isZero();
  }

  @Test
  void a_percentile_is_a_stay_that_was() {
    Stay stay = new Stay();
    for (int seconds = 1; seconds <= 10; seconds++) {
      stay.add(seconds, 1);
    }
    assertThat(stay.orders()).isEqualTo(10);
    assertThat(stay.percentile(50)).hasSeconds(5);
    assertThat(stay.percentile(90)).hasSeconds(9);
    assertThat(stay.percentile(99)).hasSeconds(10);
  }

  @Test
  void where_no_order_left_there_is_no_percentile() {
    assertThatThrownBy(() -> new Stay().percentile(50)).hasMessageContaining("no order has left");
  }

  private static long told(long seconds) {
    return Stay.told(Stay.bucket(Duration.ofSeconds(seconds))).toSeconds();
  }
}
