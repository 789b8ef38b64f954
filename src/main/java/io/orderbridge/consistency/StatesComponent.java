package io.orderbridge.consistency;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code states:record} notes what a system shows of orders, as a mapping made it. The header
 * {@code OrderbridgeConnection} says which system. The exchange goes on after the commit, with its
 * body.
 */
@Singleton
@Named("states")
public class StatesComponent extends DefaultComponent {
  private final StateBook book;
  private ExecutorService goOn;

  public StatesComponent(StateBook book) {
    this.book = book;
  }

  // What follows in a route must not hold the writer. As many threads as exchanges in flight, which
  // their consumers bound.
  @Override
  protected void doStart() throws Exception {
    super.doStart();
    goOn = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "states");
  }

  @Override
  protected void doStop() throws Exception {
    getCamelContext().getExecutorServiceManager().shutdown(goOn);
    super.doStop();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.equals("record")) {
      throw new IllegalArgumentException(
          "states:%s is not known, the only one is states:record".formatted(remaining));
    }
    return new StatesEndpoint(uri, this);
  }

  private static final class StatesEndpoint extends DefaultEndpoint {
    private final StatesComponent component;

    StatesEndpoint(String uri, StatesComponent component) {
      super(uri, component);
      this.component = component;
    }

    @Override
    public Producer createProducer() {
      return new StatesProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "nothing comes from states:record; what was read stands at GET /api/comparisons");
    }
  }

  private static final class StatesProducer extends DefaultAsyncProducer {
    private final StatesComponent component;

    StatesProducer(Endpoint endpoint, StatesComponent component) {
      super(endpoint);
      this.component = component;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      Object body = exchange.getMessage().getBody();
      if (body instanceof List<?> list && list.isEmpty()) {
        callback.done(true);
        return true;
      }
      try {
        component
            .book
            .record(
                body,
                system(exchange),
                exchange.getProperty(Carried.RECEIVED, Instant.class),
                exchange.getMessage().getHeader(Carried.MESSAGE, Long.class))
            .whenCompleteAsync(
                (count, failure) -> {
                  if (failure != null) {
                    exchange.setException(cause(failure));
                  }
                  callback.done(false);
                },
                component.goOn);
        return false;
      } catch (Refusal e) {
        exchange.setException(e);
        callback.done(true);
        return true;
      }
    }

    private static String system(Exchange exchange) {
      String system = exchange.getMessage().getHeader(Carried.CONNECTION, String.class);
      if (system == null || system.isBlank()) {
        throw new Refusal(
            Cause.ROUTE_FAILED,
            "header " + Carried.CONNECTION,
            "says which system was read; set it before states:record, inbox: sets it by itself");
      }
      return system;
    }

    private static Throwable cause(Throwable failure) {
      boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
      return wrapped ? failure.getCause() : failure;
    }
  }
}
