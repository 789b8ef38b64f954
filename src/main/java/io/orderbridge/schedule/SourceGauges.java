package io.orderbridge.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How far behind each source is, and how many of its windows are late, as metrics. */
@Singleton
public class SourceGauges {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Sources sources;
  private final SourceStates states;
  private final Clock clock;
  private final MultiGauge behind;
  private final MultiGauge late;
  private Instant next = Instant.MIN;

  public SourceGauges(MeterRegistry registry, Sources sources, SourceStates states, Clock clock) {
    this.sources = sources;
    this.states = states;
    this.clock = clock;
    this.behind =
        MultiGauge.builder("orderbridge.source.behind.seconds")
            .description("Age of the time until which a source is proved complete")
            .register(registry);
    this.late =
        MultiGauge.builder("orderbridge.source.late.windows")
            .description("Windows of a source that are overdue")
            .register(registry);
  }

  /** Counts again, a few times a minute however often it is called. */
  public void refresh() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    List<MultiGauge.Row<?>> overdue = new ArrayList<>();
    for (Source source : sources.all()) {
      SourceStates.State state = states.state(source, now);
      Tags tags = Tags.of("source", source.key());
      if (state.completeUntil() != null) {
        long age = Duration.between(state.completeUntil(), now).toSeconds();
        ages.add(MultiGauge.Row.of(tags, age));
      }
      overdue.add(MultiGauge.Row.of(tags, state.late()));
    }
    behind.register(ages, true);
    late.register(overdue, true);
  }
}
