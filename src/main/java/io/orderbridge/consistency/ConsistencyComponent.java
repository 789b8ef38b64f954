package io.orderbridge.consistency;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code consistency:<job>}: starts a check. A body that is a map narrows it down, and so do
 * headers named as the job's keys; the body stays.
 */
@Singleton
@Named("consistency")
public class ConsistencyComponent extends DefaultComponent {
  private final Map<String, ConsistencyJob> jobs = new TreeMap<>();
  private final Clock clock;

  @Inject
  ConsistencyComponent(Instance<ConsistencyJob> jobs, Clock clock) {
    this((Iterable<ConsistencyJob>) jobs, clock);
  }

  ConsistencyComponent(Iterable<ConsistencyJob> jobs, Clock clock) {
    jobs.forEach(job -> this.jobs.put(job.name(), job));
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    ConsistencyJob job = jobs.get(remaining);
    if (job == null) {
      throw new IllegalArgumentException(
          "consistency:%s is not known; there are consistency:%s"
              .formatted(remaining, String.join(", consistency:", jobs.keySet())));
    }
    return new JobEndpoint(uri, this, job);
  }

  private static final class JobEndpoint extends DefaultEndpoint {
    private final ConsistencyComponent component;
    private final ConsistencyJob job;

    JobEndpoint(String uri, ConsistencyComponent component, ConsistencyJob job) {
      super(uri, component);
      this.component = component;
      this.job = job;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          job.run(asked(exchange), component.clock.instant());
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "nothing comes from consistency:%s; a route begins with quartz: and goes to it"
              .formatted(job.name()));
    }
  }

  private static Map<String, Object> asked(Exchange exchange) {
    Map<String, Object> asked = new TreeMap<>(exchange.getMessage().getHeaders());
    if (exchange.getMessage().getBody() instanceof Map<?, ?> body) {
      body.forEach((key, value) -> asked.put(String.valueOf(key), value));
    }
    return asked;
  }
}
