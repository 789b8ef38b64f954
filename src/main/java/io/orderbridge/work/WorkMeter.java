package io.orderbridge.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderbridge.work.Settlement.Outcome;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how attempts ended, and how long after it was put work was done. Labels are the names of
 * connections and targets, which are as many as there are folders; never orders or people.
 */
@Singleton
public class WorkMeter {
  // From "at once" to "the five minutes after which an order counts as delayed", and beyond.
  private static final Duration[] LAG = {
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  public WorkMeter(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  void ended(Settlement ended) {
    String queue = ended.item().queue();
    boolean inbound = queue.startsWith("inbox:");
    String name = queue.substring(queue.indexOf(':') + 1);
    String label = inbound ? "connection" : "target";
    counter(inbound, ended.outcome(), label, name).increment();
    if (ended.outcome() == Outcome.DONE) {
      Duration lag = Duration.between(ended.item().since(), clock.instant());
      timers
          .computeIfAbsent(
              queue,
              key ->
                  Timer.builder("orderbridge.lag")
                      .tag("queue", queue)
                      .serviceLevelObjectives(LAG)
                      .register(registry))
          .record(lag.isNegative() ? Duration.ZERO : lag);
    }
  }

  private Counter counter(boolean inbound, Outcome outcome, String label, String name) {
    String done = inbound ? "orderbridge.applied" : "orderbridge.delivered";
    String meter =
        outcome == Outcome.DONE
            ? done
            : outcome == Outcome.AGAIN ? "orderbridge.retried" : "orderbridge.dead";
    return counters.computeIfAbsent(
        meter + "/" + label + "/" + name,
        key ->
            Counter.builder(meter)
                .tag("end", inbound ? "inbox" : "outbox")
                .tag("name", name)
                .register(registry));
  }
}
