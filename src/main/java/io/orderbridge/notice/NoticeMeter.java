package io.orderbridge.notice;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What was tried by which vendor, as metrics. */
@Singleton
public class NoticeMeter {
  private final MeterRegistry registry;

  public NoticeMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  void tried(String channel, String vendor, Outcome.Kind kind) {
    registry
        .counter(
            "orderbridge.notices.tried",
            "channel",
            channel,
            "vendor",
            vendor,
            "outcome",
            kind.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  void received(String vendor, String state, long receipts) {
    registry
        .counter("orderbridge.notices.receipts", "vendor", vendor, "state", state)
        .increment(receipts);
  }
}
