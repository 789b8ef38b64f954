package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.runtime.ShippedRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How metrics become the score of a month. */
@Tag("R67")
class ScoreTest {
  private final HealthRules rules = ShippedRules.health();

  private Part part(Metric metric, int expected, long... shares) {
    Rule rule = rules.metrics().get(metric);
    List<Value> told = new ArrayList<>();
    for (int i = 0; i < shares.length; i += 2) {
      Measure measure =
          new Measure(
              BigDecimal.valueOf(shares[i]),
              BigDecimal.valueOf(shares[i + 1]),
              "",
              Map.of("erp", BigDecimal.valueOf(shares[i])),
              List.of());
      told.add(
          new Value(
              metric,
              metric.every().of(LocalDate.of(2026, 11, 2)).back(-i / 2),
              1,
              measure,
              rule.judge(measure),
              rule.limit(),
              1,
              true,
              Instant.EPOCH));
    }
    return Part.of(rule, expected, told, rules.scoring().curve());
  }

  private Score score(Part... parts) {
    return Score.of(List.of(parts), rules.scoring().sure());
  }

  @Test
  void a_usage_becomes_points_on_the_curve() {
    for (String[] pair :
        new String[][] {
          {"0", "100"},
          {"0.4", "90"},
          {"0.8", "80"},
          {"1", "60"},
          {"1.5", "30"},
          {"2", "0"},
          {"7", "0"}
        }) {
      assertThat(Part.points(new BigDecimal(pair[0]), rules.scoring().curve()))
          .isEqualByComparingTo(pair[1]);
    }
  }

  @Test
  void the_score_is_the_mean_by_weight() {
    Score score =
        score(
            part(Metric.SYNC_DELAY, 1, 0, 1_000),
            part(Metric.NOTICE_REACH, 1, 980, 1_000),
            part(Metric.BOOK_DIFFERENCE, 1, 0, 1_000),
            part(Metric.HAND_WORK, 1, 0, 1_000));

    // (30 * 100 + 25 * 60 + 30 * 100 + 15 * 100) / 100
    assertThat(score.score()).isEqualByComparingTo("90");
    assertThat(score.confidence()).isEqualByComparingTo("100");
    assertThat(score.verdict()).isEqualTo(Verdict.WARNING);
  }

  @Test
  void a_metric_that_is_missing_lowers_the_confidence_and_passes_nothing() {
    Score whole =
        score(part(Metric.SYNC_DELAY, 1, 0, 1_000), part(Metric.NOTICE_REACH, 1, 999, 1_000));
    Score missing = score(part(Metric.SYNC_DELAY, 1, 0, 1_000), part(Metric.NOTICE_REACH, 1));

    assertThat(whole.verdict()).isEqualTo(Verdict.PASS);
    assertThat(missing.confidence()).isEqualByComparingTo("54.5");
    assertThat(missing.verdict()).isEqualTo(Verdict.UNCERTAIN);
    assertThat(missing.score()).isEqualByComparingTo("100");
    assertThat(score(part(Metric.SYNC_DELAY, 1), part(Metric.NOTICE_REACH, 1)).score()).isNull();
  }

  @Test
  void a_light_metric_that_is_missing_passes_nothing_either() {
    Score score =
        score(
            part(Metric.SYNC_DELAY, 1, 0, 1_000),
            part(Metric.NOTICE_REACH, 1, 999, 1_000),
            part(Metric.BOOK_DIFFERENCE, 1, 0, 1_000),
            part(Metric.HAND_WORK, 1));

    assertThat(score.confidence()).isEqualByComparingTo("85");
    assertThat(score.verdict()).isEqualTo(Verdict.UNCERTAIN);
  }

  @Test
  void days_without_orders_are_days_that_were_not_measured() {
    Score score = score(part(Metric.SYNC_DELAY, 4, 0, 1_000, 0, 0, 0, 1_000, 0, 1_000));

    assertThat(score.confidence()).isEqualByComparingTo("75");
    assertThat(score.verdict()).isEqualTo(Verdict.UNCERTAIN);
  }

  @Test
  void a_breach_is_one_whatever_is_missing() {
    Score score = score(part(Metric.SYNC_DELAY, 1, 10, 1_000), part(Metric.HAND_WORK, 1));

    assertThat(score.verdict()).isEqualTo(Verdict.BREACH);
  }

  @Test
  void the_worst_periods_and_causes_come_first() {
    Part part = part(Metric.SYNC_DELAY, 3, 1, 1_000, 12, 1_000, 3, 1_000);

    assertThat(part.periods())
        .extracting(value -> value.period().key())
        .containsExactly("2026-11-03", "2026-11-04", "2026-11-02");
    assertThat(part.worst(5)).containsEntry("erp", BigDecimal.valueOf(16));
    assertThat(part.measure().denominator()).isEqualByComparingTo("3000");
  }
}
