package io.orderbridge.payment;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts for monitoring; labels are connections and classes, so they are bounded. */
@Singleton
class PaymentMeter {
  private final MeterRegistry registry;
  private final Map<Verdict, AtomicLong> findings = new ConcurrentHashMap<>();

  PaymentMeter(MeterRegistry registry) {
    this.registry = registry;
    for (Verdict verdict : Verdict.values()) {
      if (verdict.differs()) {
        findings.put(
            verdict,
            registry.gauge(
                "orderbridge.payment.findings",
                java.util.List.of(io.micrometer.core.instrument.Tag.of("class", verdict.name())),
                new AtomicLong()));
      }
    }
  }

  void repaired(String connection, long count) {
    registry.counter("orderbridge.payments.repaired", "connection", connection).increment(count);
  }

  /** Sets what the last runs left open. */
  void open(Map<Verdict, Long> counts) {
    findings.forEach((verdict, gauge) -> gauge.set(counts.getOrDefault(verdict, 0L)));
  }
}
