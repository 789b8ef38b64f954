package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.FindingChange;
import io.orderbridge.finding.Findings;
import io.orderbridge.runtime.ShippedRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told, told anew, and found. */
class HealthMetricsDbTest {
  // Twenty to one in Shanghai, of the 21st.
  private static final Instant NIGHT = Instant.parse("2026-11-20T16:40:00Z");

  private final Heart heart = Heart.fresh();
  private final HealthRulesInForce rules = new HealthRulesInForce();
  private final Played delay = new Played(Metric.SYNC_DELAY);
  private final Played reach = new Played(Metric.NOTICE_REACH);
  private final Played books = new Played(Metric.BOOK_DIFFERENCE);
  private final Played hand = new Played(Metric.HAND_WORK);
  private final List<FindingChange> changes = new ArrayList<>();
  private final HealthMetrics metrics =
      new HealthMetrics(
          heart.database,
          rules,
          new Findings(heart.database, List.of((connection, found, now) -> changes.addAll(found))),
          List.of(delay, reach, books, hand));
  private final HealthScores scores = new HealthScores(heart.database, rules);

  @BeforeEach
  void shipped() {
    rules.use(ShippedRules.health());
  }

  @AfterEach
  void close() {
    heart.close();
  }

  private List<Value> versions(String day) {
    return metrics.versions(Metric.SYNC_DELAY, Every.DAY.of(LocalDate.parse(day)));
  }

  private List<String> told() {
    return changes.stream()
        .map(one -> one.how() + " " + one.finding().level() + " " + one.finding().item())
        .toList();
  }

  @Test
  @Tag("R63")
  void a_day_is_told_once_it_is_over_and_anew_when_it_changed() {
    delay.set("2026-11-20", 3, 1_000);
    delay.set("2026-11-21", 9, 9);

    assertThat(metrics.tell(Every.DAY, NIGHT)).isEqualTo(1);
    assertThat(metrics.tell(Every.DAY, NIGHT)).isZero();
    delay.set("2026-11-20", 4, 1_000);
    assertThat(metrics.tell(Every.DAY, NIGHT.plusSeconds(60))).isEqualTo(1);

    assertThat(versions("2026-11-20"))
        .extracting(value -> value.measure().numerator().intValue())
        .containsExactly(3, 4);
    assertThat(versions("2026-11-21")).isEmpty();
  }

  @Test
  @Tag("R63")
  void a_day_without_orders_is_told_and_is_no_pass() {
    delay.set("2026-11-20", 0, 0);
    metrics.tell(Every.DAY, NIGHT);

    assertThat(versions("2026-11-20").get(0).verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(changes).isEmpty();
  }

  @Test
  @Tag("R62")
  void a_warning_and_a_breach_are_told_once_each_per_period_with_their_causes() {
    delay.set("2026-11-20", 8, 1_000);
    metrics.tell(Every.DAY, NIGHT);
    metrics.tell(Every.DAY, NIGHT.plusSeconds(60));
    delay.set("2026-11-20", 10, 1_000);
    metrics.tell(Every.DAY, NIGHT.plusSeconds(120));
    metrics.tell(Every.DAY, NIGHT.plusSeconds(180));
    delay.set("2026-11-21", 8, 1_000);
    metrics.tell(Every.DAY, NIGHT.plus(Duration.ofDays(1)));

    assertThat(told())
        .containsExactly(
            "OPENED WARNING 2026-11-20", "CHANGED BREACH 2026-11-20", "OPENED WARNING 2026-11-21");
    Finding breach = changes.get(1).finding();
    assertThat(breach.kind()).isEqualTo(Finding.Kind.HEALTH);
    assertThat(breach.evidence())
        .containsEntry("causes", "/api/dead-letters?state=OPEN")
        .containsEntry("versions", "/api/health/metrics/sync-delay/2026-11-20");
    assertThat(breach.text().en()).contains("1.000 %").contains("limit of 1 %");
    assertThat(breach.text().zh()).contains("订单状态同步延迟率 2026-11-20");
  }

  @Test
  @Tag("R62")
  @Tag("R65")
  void the_month_that_runs_warns_before_it_is_over() {
    books.set("2026-11", 2_400, 1_000_000);
    metrics.tell(Every.MONTH, NIGHT);

    assertThat(told()).containsExactly("OPENED WARNING 2026-11");
    assertThat(metrics.versions(Metric.BOOK_DIFFERENCE, Every.MONTH.of(LocalDate.of(2026, 11, 1))))
        .extracting(Value::isFinal)
        .containsExactly(false);
  }

  @Test
  @Tag("R68")
  void a_trend_has_a_point_per_period_and_a_projected_crossing_is_a_warning() {
    for (int day = 17; day <= 20; day++) {
      delay.set("2026-11-" + day, day - 13, 1_000);
      metrics.tell(Every.DAY, Instant.parse("2026-11-%dT16:40:00Z".formatted(day)));
    }
    assertThat(told()).containsExactly("OPENED WARNING ");
    assertThat(changes.get(0).finding().code()).isEqualTo("SYNC_DELAY_PROJECTED");
    assertThat(changes.get(0).finding().evidence()).containsEntry("crosses", "2026-11-23");
    delay.set("2026-11-21", 8, 1_000);
    metrics.tell(Every.DAY, NIGHT.plus(Duration.ofDays(1)));

    Series series =
        metrics.series(Metric.SYNC_DELAY, 12, NIGHT.plus(Duration.ofDays(1))).orElseThrow();
    assertThat(series.points()).hasSize(12);
    assertThat(series.points().get(11).period().key()).isEqualTo("2026-11-21");
    assertThat(series.points().get(0).value()).isNull();
    assertThat(series.crossing().key()).isEqualTo("2026-11-23");
    assertThat(changes)
        .extracting(one -> one.finding().code())
        .containsExactly("SYNC_DELAY_PROJECTED", "SYNC_DELAY");
  }

  @Test
  @Tag("R67")
  void a_month_is_scored_from_what_was_told_and_anew_when_that_changed() {
    for (int day = 1; day <= 30; day++) {
      String key = "2026-11-%02d".formatted(day);
      delay.set(key, day == 11 ? 40 : 0, 1_000);
      reach.set(key, 1_000, 1_000);
      metrics.tell(Every.DAY, Instant.parse(key + "T16:40:00Z"));
    }
    books.set("2026-11", 0, 1_000_000);
    Instant december = Instant.parse("2026-11-30T20:30:00Z");
    metrics.tell(Every.MONTH, december);

    assertThat(scores.tell(december)).isTrue();
    assertThat(scores.tell(december.plusSeconds(86_400))).isFalse();
    ScoreRows.Told told = scores.versions(java.time.YearMonth.of(2026, 11)).get(0);
    assertThat(told.verdict()).isEqualTo(Verdict.UNCERTAIN);
    assertThat(told.confidence()).isEqualByComparingTo("85");
    assertThat(told.body()).contains("\"missing\":[\"hand-work\"]").contains("2026-11-11");

    for (String week : List.of("W45", "W46", "W47", "W48")) {
      hand.set("2026-" + week, 3, 1_000);
    }
    metrics.tell(Every.WEEK, december);
    assertThat(scores.tell(december.plusSeconds(86_400))).isTrue();
    List<ScoreRows.Told> versions = scores.versions(java.time.YearMonth.of(2026, 11));
    assertThat(versions).hasSize(2);
    assertThat(versions.get(1).verdict()).isEqualTo(Verdict.PASS);
    assertThat(versions.get(1).confidence()).isEqualByComparingTo("100");
  }

  @Test
  @Tag("R67")
  void what_was_told_cannot_be_changed() {
    delay.set("2026-11-20", 3, 1_000);
    metrics.tell(Every.DAY, NIGHT);

    assertThatThrownBy(() -> heart.execute("update health_value set numerator = 0"))
        .hasStackTraceContaining("insert only");
    assertThatThrownBy(() -> heart.execute("truncate health_score"))
        .hasStackTraceContaining("insert only");
  }
}
