package io.orderbridge.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.orderbridge.kernel.Level;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;

/** What the channels told and could not tell, as metrics by their names. */
@Singleton
public class AlertMeter {
  private static final String CHANNEL = "channel";

  private final MeterRegistry registry;
  private final MultiGauge waiting;

  public AlertMeter(MeterRegistry registry) {
    this.registry = registry;
    this.waiting =
        MultiGauge.builder("orderbridge.alerts.waiting")
            .description("Alerts that are not told yet, those of a silence included")
            .register(registry);
  }

  void told(String robot, Level level, long alerts) {
    registry
        .counter("orderbridge.alerts.told", CHANNEL, robot, "level", level.name())
        .increment(alerts);
  }

  void failed(String robot) {
    registry.counter("orderbridge.alerts.failed", CHANNEL, robot).increment();
  }

  void waiting(Map<String, Long> byChannel) {
    waiting.register(
        byChannel.entrySet().stream()
            .map(e -> MultiGauge.Row.of(Tags.of(CHANNEL, e.getKey()), e.getValue()))
            .collect(Collectors.<MultiGauge.Row<?>>toList()),
        true);
  }
}
