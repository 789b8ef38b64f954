package io.orderbridge.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what came to the door. Labels are names of connections and constants, never data. */
@Singleton
class DoorMeter {
  private final MeterRegistry registry;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  DoorMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  void stored(String connection, Stored.How how) {
    count("orderbridge.received", connection, "how", how.name().toLowerCase(java.util.Locale.ROOT));
    if (how == Stored.How.REPEATED) {
      count("orderbridge.duplicates.dropped", connection, "at", "door");
    }
  }

  void refused(String connection, String why) {
    count("orderbridge.refused", connection, "why", why);
  }

  private void count(String name, String connection, String label, String value) {
    counters
        .computeIfAbsent(
            name + "/" + connection + "/" + value,
            key ->
                Counter.builder(name)
                    .tag("connection", connection)
                    .tag(label, value)
                    .register(registry))
        .increment();
  }
}
