package io.orderbridge.score;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code order-health:days}, {@code :weeks} and {@code :months} tell the metrics of these periods;
 * {@code order-health:score} tells the month's score.
 */
@Singleton
@Named("order-health")
public class HealthComponent extends DefaultComponent {
  private static final Map<String, Every> PERIODS =
      Map.of("days", Every.DAY, "weeks", Every.WEEK, "months", Every.MONTH);
  private static final Set<String> STEPS = Set.of("days", "weeks", "months", "score");

  private final HealthMetrics metrics;
  private final HealthScores scores;
  private final Clock clock;

  HealthComponent(HealthMetrics metrics, HealthScores scores, Clock clock) {
    this.metrics = metrics;
    this.scores = scores;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!STEPS.contains(remaining)) {
      throw new IllegalArgumentException(
          "order-health:%s is not known; there is order-health:days, :weeks, :months and :score"
              .formatted(remaining));
    }
    return new HealthEndpoint(uri, this, remaining);
  }

  private void run(String step) {
    Instant now = clock.instant();
    if (PERIODS.containsKey(step)) {
      metrics.tell(PERIODS.get(step), now);
    } else {
      scores.tell(now);
    }
  }

  private static final class HealthEndpoint extends DefaultEndpoint {
    private final HealthComponent owner;
    private final String step;

    HealthEndpoint(String uri, HealthComponent owner, String step) {
      super(uri, owner);
      this.owner = owner;
      this.step = step;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          owner.run(step);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "nothing comes from order-health:; the metrics are at /api/health/metrics");
    }
  }
}
