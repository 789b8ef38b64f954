package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.finding.Findings;
import io.orderbridge.runtime.ShippedRules;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the API answers; each metric with at least a dozen points. */
@Tag("R68")
class HealthApiDbTest {
  private final Heart heart = Heart.fresh();
  private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-30T20:30:00Z"));
  private final HealthRulesInForce rules = new HealthRulesInForce();
  private final List<Played> played =
      List.of(
          new Played(Metric.SYNC_DELAY),
          new Played(Metric.NOTICE_REACH),
          new Played(Metric.BOOK_DIFFERENCE),
          new Played(Metric.HAND_WORK));
  private final HealthMetrics metrics =
      new HealthMetrics(
          heart.database, rules, new Findings(heart.database, List.of()), List.copyOf(played));
  private final HealthScores scores = new HealthScores(heart.database, rules);
  private final HealthResource api = new HealthResource(new HealthReads(metrics, scores, clock));

  @BeforeEach
  void shipped() {
    rules.use(ShippedRules.health());
  }

  @AfterEach
  void close() {
    heart.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(Response response, int status) {
    assertThat(response.getStatus()).as("%s", response.getEntity()).isEqualTo(status);
    return (Map<String, Object>) response.getEntity();
  }

  @Test
  void every_metric_has_a_dozen_points_and_its_limit_before_anything_was_told() {
    for (Metric metric : Metric.values()) {
      Map<String, Object> trend = body(api.trend(metric.word(), 1), 200);
      assertThat((List<?>) trend.get("points")).hasSizeGreaterThanOrEqualTo(12);
      assertThat(trend.get("limit")).isNotNull();
      assertThat(trend.get("projection")).isEqualTo(List.of());
    }
    assertThat((List<?>) body(api.metrics(), 200).get("metrics")).hasSize(4);
  }

  @Test
  void a_value_says_by_what_it_was_judged_and_where_its_rows_are() {
    played.get(0).set("2026-11-30", 10, 1_000);
    metrics.tell(Every.DAY, clock.instant());

    Map<?, ?> metric = (Map<?, ?>) ((List<?>) body(api.metrics(), 200).get("metrics")).get(0);
    Map<?, ?> value = (Map<?, ?>) metric.get("value");
    assertThat(value.get("verdict")).isEqualTo("BREACH");
    assertThat(value.get("percent")).isEqualTo("1");
    assertThat(value.get("rules")).isEqualTo(1);
    assertThat(value.get("links")).isInstanceOf(Map.class);
    assertThat((List<?>) body(api.versions("sync-delay", "2026-11-30"), 200).get("versions"))
        .hasSize(1);
  }

  @Test
  @Tag("R67")
  void a_score_comes_with_its_formula_its_parts_and_the_versions_before() {
    body(api.score("2026-11"), 404);
    played.get(2).set("2026-11", 3_000, 1_000_000);
    metrics.tell(Every.MONTH, clock.instant());
    scores.tell(clock.instant());
    clock.step(Duration.ofDays(1));
    played.get(2).set("2026-11", 0, 1_000_000);
    metrics.tell(Every.MONTH, clock.instant());
    scores.tell(clock.instant());

    Map<String, Object> score = body(api.score("2026-11"), 200);
    assertThat(score.get("score")).isEqualTo("100");
    assertThat(score.get("verdict")).isEqualTo("UNCERTAIN");
    assertThat(score.get("confidence")).isEqualTo("30");
    assertThat((List<?>) score.get("parts")).hasSize(4);
    assertThat(score.get("missing")).isEqualTo(List.of("sync-delay", "notice-reach", "hand-work"));
    assertThat((List<?>) score.get("versions")).hasSize(2);
    assertThat(score).containsKey("formula");
  }

  @Test
  void what_is_not_there_is_refused_with_what_is() {
    assertThat(body(api.trend("speed", 30), 404).get("error").toString()).contains("hand-work");
    body(api.versions("sync-delay", "2026-W48"), 400);
    body(api.versions("sync-delay", "2026-11-30"), 404);
    assertThat(body(api.score("november"), 400).get("error").toString()).contains("2026-10");
    rules.use(HealthRules.NONE);
    body(api.trend("sync-delay", 30), 404);
  }
}
