package io.orderbridge.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.orderbridge.outbox.Deadlines;
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
  private final Deadlines deadlines;
  private final MultiGauge uploads;

  public Gauges(
      MeterRegistry registry,
      Backlog backlog,
      Deadlines deadlines,
      RefusedFiles refused,
      Clock clock) {
    this.backlog = backlog;
    this.deadlines = deadlines;
    this.uploads =
        MultiGauge.builder("orderbridge.uploads.late")
            .description("Orders whose shop was not told in time of the shipment, or soon will be")
            .register(registry);
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
    uploads.register(
        deadlines.counts().entrySet().stream()
            .map(e -> MultiGauge.Row.of(Tags.of("state", e.getKey()), e.getValue()))
            .collect(java.util.stream.Collectors.<MultiGauge.Row<?>>toList()),
        true);
  }
}
