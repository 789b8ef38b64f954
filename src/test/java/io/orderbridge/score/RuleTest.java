package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.runtime.ShippedRules;
import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a pass ends, by the shipped limits. */
class RuleTest {
  private static Rule rule(Metric metric) {
    return ShippedRules.health().metrics().get(metric);
  }

  private static Verdict judged(Metric metric, long numerator, long denominator) {
    return rule(metric).judge(Measure.counted(numerator, denominator));
  }

  @ParameterizedTest
  @CsvSource({"7,PASS", "8,WARNING", "9,WARNING", "10,BREACH", "11,BREACH"})
  @Tag("R62")
  @Tag("R63")
  void of_a_thousand_orders_nine_may_be_late_and_ten_not(long late, Verdict verdict) {
    assertThat(judged(Metric.SYNC_DELAY, late, 1_000)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"985,PASS", "984,WARNING", "980,WARNING", "979,BREACH"})
  @Tag("R62")
  @Tag("R64")
  void of_a_thousand_notices_980_have_to_reach_somebody(long reached, Verdict verdict) {
    assertThat(judged(Metric.NOTICE_REACH, reached, 1_000)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"2399,PASS", "2400,WARNING", "2999,WARNING", "3000,BREACH"})
  @Tag("R62")
  @Tag("R65")
  void of_a_million_2999_may_be_open_and_3000_not(long open, Verdict verdict) {
    assertThat(judged(Metric.BOOK_DIFFERENCE, open, 1_000_000)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"15,PASS", "16,WARNING", "19,WARNING", "20,BREACH"})
  @Tag("R62")
  @Tag("R66")
  void of_a_thousand_orders_19_may_need_a_person_and_20_not(long touched, Verdict verdict) {
    assertThat(judged(Metric.HAND_WORK, touched, 1_000)).isEqualTo(verdict);
  }

  @Test
  @Tag("R63")
  void nothing_to_measure_is_never_a_pass() {
    for (Metric metric : Metric.values()) {
      assertThat(judged(metric, 0, 0)).isEqualTo(Verdict.NOT_APPLICABLE);
      assertThat(rule(metric).percent(Measure.counted(0, 0))).isNull();
    }
    assertThat(judged(Metric.BOOK_DIFFERENCE, 1, 0)).isEqualTo(Verdict.BREACH);
  }

  @Test
  void a_share_never_looks_better_than_it_is() {
    assertThat(rule(Metric.SYNC_DELAY).percent(Measure.counted(1, 3)))
        .isEqualTo(new BigDecimal("33.333334"));
    assertThat(rule(Metric.NOTICE_REACH).percent(Measure.counted(2, 3)))
        .isEqualTo(new BigDecimal("66.666666"));
  }
}
