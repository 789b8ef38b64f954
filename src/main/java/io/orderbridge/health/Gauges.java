package io.orderbridge.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.orderbridge.work.Backlog;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** What waits and what is wrong, as metrics. */
@Singleton
public class Gauges {
  private final Backlog backlog;
  private final MultiGauge waiting;
  private final MultiGauge dead;

  public Gauges(MeterRegistry registry, Backlog backlog, RefusedFiles refused, Clock clock) {
    this.backlog = backlog;
    this.waiting =
        MultiGauge.builder("orderbridge.waiting")
            .description("Pieces of work in a queue, those being done included")
            .register(registry);
    this.dead =
        MultiGauge.builder("orderbridge.dead.letters")
            .description("Open dead letters of a queue")
            .register(registry);
    Gauge.builder(
            "orderbridge.oldest.seconds", () -> backlog.oldestAge(clock.instant()).toSeconds())
        .description("Age of the oldest work that waits")
        .register(registry);
    Gauge.builder("orderbridge.files.refused", () -> refused.current().size())
        .description("Edits of routes and mappings that are refused now")
        .register(registry);
  }

  /** Takes the newest count over. */
  public void refresh() {
    waiting.register(
        backlog.queues().entrySet().stream()
            .map(e -> MultiGauge.Row.of(Tags.of("queue", e.getKey()), e.getValue().waiting()))
            .collect(java.util.stream.Collectors.<MultiGauge.Row<?>>toList()),
        true);
    List<MultiGauge.Row<?>> rows =
        backlog.deadLetters().entrySet().stream()
            .map(e -> MultiGauge.Row.of(Tags.of("queue", e.getKey()), e.getValue()))
            .collect(java.util.stream.Collectors.<MultiGauge.Row<?>>toList());
    dead.register(rows, true);
  }
}
