package io.orderbridge.alert;

import io.orderbridge.kernel.Round;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** What is done with alerts every second, before the robots' routes take their messages. */
@Singleton
public class AlertRound implements Round {
  // Together with the look of a route this makes two seconds to the first message.
  private static final Duration EVERY = Duration.ofSeconds(1);
  // Nobody reads a metric more often.
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(15);

  private final Lines lines;
  private final AlertMeter meter;
  private Instant countAt = Instant.MIN;

  public AlertRound(Lines lines, AlertMeter meter) {
    this.lines = lines;
    this.meter = meter;
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    lines.sort();
    lines.escalate(now);
    lines.move(now);
    if (!now.isBefore(countAt)) {
      countAt = now.plus(COUNTED_EVERY);
      meter.waiting(lines.waiting());
    }
  }
}
