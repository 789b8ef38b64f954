package io.orderbridge.order;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderbridge.kernel.Carried;
import io.orderbridge.work.Work;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
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
import org.jboss.logging.Logger;

/**
 * {@code orders:record} gives what a mapping made to the order book. The exchange goes on after the
 * commit; the stored message it came from is settled in the same transaction.
 */
@Singleton
@Named("orders")
public class OrdersComponent extends DefaultComponent {
  /** Property with the {@link Work.Item} that recording settles; removed when it did. */
  public static final String WORK = "OrderbridgeWork";

  private static final Logger LOG = Logger.getLogger(OrdersComponent.class);

  private final OrderBook book;
  private final MeterRegistry registry;
  private ExecutorService goOn;

  public OrdersComponent(OrderBook book, MeterRegistry registry) {
    this.book = book;
    this.registry = registry;
  }

  // The alarm of R07: a system said what is not its to say. The order shows who and what.
  private void tell(String system, OrderBook.Recorded recorded) {
    if (recorded.foreignWrites() > 0) {
      registry
          .counter("orderbridge.foreign.writes", "connection", system)
          .increment(recorded.foreignWrites());
      LOG.warnf("order.foreign_write connection=%s claims=%d", system, recorded.foreignWrites());
    }
  }

  // What follows in a route must not hold the order book's writer. As many threads as exchanges in
  // flight, which their consumers bound.
  @Override
  protected void doStart() throws Exception {
    super.doStart();
    goOn = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "orders");
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
          "orders:%s is not known, the only one is orders:record".formatted(remaining));
    }
    return new OrdersEndpoint(uri, this);
  }

  private static final class OrdersEndpoint extends DefaultEndpoint {
    private final OrdersComponent component;

    OrdersEndpoint(String uri, OrdersComponent component) {
      super(uri, component);
      this.component = component;
    }

    @Override
    public Producer createProducer() {
      return new OrdersProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(
          "nothing comes from orders:record; events come from outbox:<target>");
    }
  }

  private static final class OrdersProducer extends DefaultAsyncProducer {
    private final OrdersComponent component;

    OrdersProducer(Endpoint endpoint, OrdersComponent component) {
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
        Work.Item settles = settles(exchange);
        String system =
            exchange.getMessage().getHeader(Carried.CONNECTION, "unknown", String.class);
        component
            .book
            .record(
                body, system, exchange.getMessage().getHeader(Carried.MESSAGE, Long.class), settles)
            .whenCompleteAsync(
                (recorded, failure) -> {
                  if (failure != null) {
                    exchange.setException(failure);
                  } else {
                    component.tell(system, recorded);
                    if (settles != null) {
                      exchange.removeProperty(WORK);
                    }
                  }
                  callback.done(false);
                },
                component.goOn);
        return false;
      } catch (RuntimeException e) {
        exchange.setException(e);
        callback.done(true);
        return true;
      }
    }

    // One of the parts of a split message must not settle the whole.
    private static Work.Item settles(Exchange exchange) {
      boolean part = exchange.getProperty(Exchange.SPLIT_INDEX) != null;
      return part ? null : exchange.getProperty(WORK, Work.Item.class);
    }
  }
}
