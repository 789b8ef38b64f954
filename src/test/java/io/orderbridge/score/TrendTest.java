package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.runtime.ShippedRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a line through the last points goes. */
@Tag("R68")
class TrendTest {
  private static Trend trend(Metric metric, String... percents) {
    List<BigDecimal> points = new ArrayList<>();
    for (String percent : percents) {
      points.add(percent == null ? null : new BigDecimal(percent));
    }
    return Trend.of(
        points, ShippedRules.health().metrics().get(metric), ShippedRules.health().projecting());
  }

  @Test
  void a_line_that_rises_crosses_when_it_reaches_the_limit() {
    Trend trend = trend(Metric.SYNC_DELAY, "0.5", "0.6", "0.7", "0.8");

    assertThat(trend.ahead())
        .containsExactly(
            new BigDecimal("0.9000"), new BigDecimal("1.0000"), new BigDecimal("1.1000"));
    assertThat(trend.crossesIn()).isEqualTo(2);
  }

  @Test
  void what_has_to_reach_its_limit_crosses_below_it() {
    assertThat(trend(Metric.NOTICE_REACH, "99.2", "98.9", "98.6", "98.3").crossesIn()).isEqualTo(2);
    assertThat(trend(Metric.NOTICE_REACH, "98.4", "98.3", "98.2", "98.1").ahead().get(0))
        .isEqualByComparingTo("98");
    assertThat(trend(Metric.NOTICE_REACH, "98.4", "98.3", "98.2", "98.1").crossesIn()).isEqualTo(2);
  }

  @Test
  void a_line_that_is_level_or_falls_crosses_nothing() {
    assertThat(trend(Metric.SYNC_DELAY, "0.9", "0.9", "0.9", "0.9").crossesIn()).isZero();
    assertThat(trend(Metric.SYNC_DELAY, "0.9", "0.6", "0.3", "0.0").ahead())
        .allSatisfy(percent -> assertThat(percent).isZero());
  }

  @Test
  void holes_are_passed_over_and_three_points_are_no_line() {
    assertThat(trend(Metric.SYNC_DELAY, "0.5", null, "0.7", "0.8", "0.9").ahead().get(0))
        .isEqualByComparingTo("1.0");
    assertThat(trend(Metric.SYNC_DELAY, "0.5", null, "0.7", "0.8")).isEqualTo(Trend.NONE);
  }

  @Test
  void only_the_last_points_count() {
    Trend trend = trend(Metric.SYNC_DELAY, "9", "9", "9", "0", "0", "0", "0", "0", "0", "0", "0");

    assertThat(trend.ahead()).allSatisfy(percent -> assertThat(percent).isZero());
  }
}
