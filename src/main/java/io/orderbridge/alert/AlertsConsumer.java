package io.orderbridge.alert;

import io.orderbridge.kernel.Carried;
import io.orderbridge.store.StoreUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

/**
 * Gives its route the messages of one robot, one after the other. One thread per robot: one that is
 * slow delays itself.
 */
final class AlertsConsumer extends DefaultConsumer {
  private static final Logger LOG = Logger.getLogger(AlertsConsumer.class);
  // A look costs three statements; people read no faster.
  private static final long LOOK_EVERY_MS = 1_000;
  private static final long STOP_MAX_S = 8;

  /** What all consumers share. */
  record Parts(Channels channels, Messages messages, Clock clock) {}

  private final String robot;
  private final Parts parts;
  private final Semaphore wake = new Semaphore(0);
  private ExecutorService thread;
  private volatile boolean stopping;

  AlertsConsumer(Endpoint endpoint, Processor processor, String robot, Parts parts) {
    super(endpoint, processor);
    this.robot = robot;
    this.parts = parts;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    stopping = false;
    thread =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "alerts:" + robot);
    thread.execute(this::follow);
  }

  @Override
  protected void doStop() throws Exception {
    stopping = true;
    wake.release();
    if (thread != null) {
      thread.shutdown();
      // The message in work is settled; what is cut off is in doubt and told again.
      if (!thread.awaitTermination(STOP_MAX_S, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
      thread = null;
    }
    super.doStop();
  }

  private void follow() {
    while (!stopping) {
      try {
        look();
      } catch (StoreUnavailable e) {
        LOG.debugf("alerts.wait robot=%s why=%s", robot, e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf(e, "alerts.failed robot=%s; looks again in %d ms", robot, LOOK_EVERY_MS);
      }
      rest();
    }
  }

  private void rest() {
    try {
      if (wake.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Optional<Channel> channel = parts.channels().find(robot);
    if (channel.isPresent()) {
      parts.messages().take(channel.get(), parts.clock().instant()).ifPresent(this::send);
    }
  }

  private void send(Messages.Message message) {
    Exchange exchange = createExchange(false);
    Throwable thrown;
    try {
      exchange.getMessage().setBody(message.body());
      exchange.getMessage().setHeader(Carried.CONNECTION, robot);
      exchange.getMessage().setHeader(Carried.IDEMPOTENCY_KEY, "alert-message:" + message.id());
      exchange.setProperty(Carried.INPUT, message.body());
      getProcessor().process(exchange);
      thrown = exchange.getException();
    } catch (Exception e) {
      thrown = e;
    } finally {
      releaseExchange(exchange, false);
    }
    Instant now = parts.clock().instant();
    if (thrown == null) {
      parts.messages().told(message, now);
    } else {
      parts.messages().failed(message, Failure.of(thrown, message.failures()), now);
    }
  }
}
