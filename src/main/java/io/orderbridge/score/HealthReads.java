package io.orderbridge.score;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was told of order health, as the API and the pages show it: maps of texts, numbers, lists
 * and maps, null for what there is not. Numbers with decimals are texts; shares are percent,
 * amounts minor units of {@code unit}, times ISO. Reads only. Thread-safe.
 */
@Singleton
public class HealthReads {
  // A year of days fits on a screen.
  private static final int PERIODS_MAX = 400;

  private final HealthMetrics metrics;
  private final HealthScores scores;
  private final Clock clock;

  HealthReads(HealthMetrics metrics, HealthScores scores, Clock clock) {
    this.metrics = metrics;
    this.scores = scores;
    this.clock = clock;
  }

  /** The version of the rules that hold; 0 when nothing is measured. */
  public int rules() {
    return metrics.rules().version();
  }

  /** The newest value of each metric that the rules name. */
  List<Map<String, Object>> newest() {
    List<Map<String, Object>> views = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      metrics
          .series(metric, HealthMetrics.PERIODS_MIN, clock.instant())
          .ifPresent(series -> views.add(HealthViews.metric(series)));
    }
    return views;
  }

  /**
   * Each metric that the rules name over its last periods, with its newest {@code value}.
   *
   * @param periods 12 at least; fewer are 12
   */
  public List<Map<String, Object>> trends(int periods) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      metrics
          .series(metric, between(periods), clock.instant())
          .ifPresent(
              series -> {
                Map<String, Object> view = new LinkedHashMap<>(HealthViews.metric(series));
                view.putAll(HealthViews.trend(series));
                views.add(view);
              });
    }
    return views;
  }

  /** One of them; empty when there is no such metric, or it is not measured. */
  Optional<Map<String, Object>> trend(String name, int periods) {
    return Metric.of(name)
        .flatMap(metric -> metrics.series(metric, between(periods), clock.instant()))
        .map(HealthViews::trend);
  }

  private static int between(int periods) {
    return Math.max(HealthMetrics.PERIODS_MIN, Math.min(periods, PERIODS_MAX));
  }

  /** Whether a metric has this word and the rules name it. */
  public boolean isMeasured(String name) {
    return Metric.of(name).flatMap(metrics.rules()::of).isPresent();
  }

  /**
   * All that was told of a metric and period, the oldest first; none when nothing was.
   *
   * @param period as {@code 2026-11-20}, {@code 2026-W47} or {@code 2026-11}
   * @throws IllegalArgumentException when it is no period of this metric
   */
  public List<Map<String, Object>> versions(String name, String period) {
    Optional<Metric> metric = Metric.of(name);
    Optional<Rule> rule = metric.flatMap(metrics.rules()::of);
    if (rule.isEmpty()) {
      return List.of();
    }
    Period read =
        Period.read(metric.get().every(), period)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' is no period of %s".formatted(period, name)));
    return metrics.versions(metric.get(), read).stream()
        .map(value -> HealthViews.value(rule.get(), value))
        .toList();
  }

  /** The score of a month with all its versions; empty when it was not scored yet. */
  public Optional<Map<String, Object>> score(YearMonth month) {
    List<ScoreRows.Told> versions = scores.versions(month);
    return versions.isEmpty() ? Optional.empty() : Optional.of(HealthViews.score(month, versions));
  }

  /** The months that were scored, the newest first, without their parts. */
  public List<Map<String, Object>> months(int most) {
    List<Map<String, Object>> views = new ArrayList<>();
    scores
        .months(most)
        .forEach(
            (month, told) -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("month", month.toString());
              view.putAll(HealthViews.told(told));
              views.add(view);
            });
    return views;
  }
}
