package io.orderbridge.reconciliation;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code reconciliations:run} runs reconciliations over the period of a day; the body becomes what
 * was made. Body or headers may name one, and the day.
 */
@Singleton
@Named("reconciliations")
public class ReconciliationsComponent extends DefaultComponent {
  /** Headers: which reconciliation, and which day such as 2026-11-20. */
  public static final String NAME = "OrderbridgeReconciliation";

  public static final String DAY = "OrderbridgeDay";

  private final NightRun night;
  private final Clock clock;

  ReconciliationsComponent(NightRun night, Clock clock) {
    this.night = night;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.equals("run")) {
      throw new IllegalArgumentException(
          "reconciliations:%s is not known; there is reconciliations:run".formatted(remaining));
    }
    return new RunEndpoint(uri, this);
  }

  private static final class RunEndpoint extends DefaultEndpoint {
    private final ReconciliationsComponent owner;

    RunEndpoint(String uri, ReconciliationsComponent owner) {
      super(uri, owner);
      this.owner = owner;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          Message message = exchange.getMessage();
          Map<?, ?> body = message.getBody() instanceof Map<?, ?> map ? map : Map.of();
          message.setBody(
              owner.night.run(
                  told(body, "reconciliation", message, NAME),
                  told(body, "day", message, DAY),
                  owner.clock.instant()));
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "nothing comes from reconciliations:; the breaks are at /api/breaks");
    }
  }

  private static String told(Map<?, ?> body, String key, Message message, String header) {
    Object value = body.get(key);
    return value == null ? message.getHeader(header, String.class) : value.toString();
  }
}
