package io.orderbridge.schedule;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Patience;
import io.orderbridge.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
 * Asks its route for the pages of a source when they are due. One thread per source, beside the
 * door and the queues: a source that is slow delays itself.
 */
final class WindowsConsumer extends DefaultConsumer implements PageRoute {
  private static final Logger LOG = Logger.getLogger(WindowsConsumer.class);
  // A look costs one statement; windows are due to the minute.
  private static final long LOOK_EVERY_MS = 2_000;
  private static final long STOP_MAX_S = 8;
  private static final Duration LATE_EVERY = Duration.ofSeconds(30);

  /** What all consumers share. */
  record Parts(SourceRound round, Clock clock) {}

  // Well below the lease, which every page prolongs.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String key;
  private final Sources sources;
  private final Parts parts;
  private final Semaphore wake = new Semaphore(0);
  private ExecutorService thread;
  private volatile boolean stopping;
  private Source known;
  private Instant nextOpens = Instant.MIN;
  private Instant nextLate = Instant.MIN;
  private final Pace pace = new Pace();

  WindowsConsumer(
      Endpoint endpoint, Processor processor, String key, Sources sources, Parts parts) {
    super(endpoint, processor);
    this.key = key;
    this.sources = sources;
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
            .newSingleThreadExecutor(this, "windows:" + key);
    thread.execute(this::follow);
  }

  @Override
  protected void doStop() throws Exception {
    stopping = true;
    wake.release();
    if (thread != null) {
      thread.shutdown();
      // The page in work is stored; the window goes back.
      if (!thread.awaitTermination(STOP_MAX_S, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
      thread = null;
    }
    super.doStop();
  }

  private void follow() {
    while (!stopping) {
      boolean more = false;
      pace.begin(System.nanoTime());
      try {
        more = look(parts.clock().instant());
      } catch (StoreUnavailable e) {
        LOG.warnf("windows.wait source=%s why=%s", key, e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf(e, "windows.failed source=%s; looks again in %d ms", key, LOOK_EVERY_MS);
      }
      if (!more && !stopping) {
        rest(LOOK_EVERY_MS);
      }
    }
  }

  private void rest(long ms) {
    try {
      if (wake.tryAcquire(ms, TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is due; whether something was. */
  boolean look(Instant now) {
    Optional<Source> found = sources.find(key);
    if (found.isEmpty()) {
      return false;
    }
    Source source = found.get();
    if (!source.equals(known)) {
      known = source;
      nextOpens = Instant.MIN;
    }
    if (!now.isBefore(nextOpens)) {
      nextOpens = parts.round().create(source, now);
    }
    if (!now.isBefore(nextLate)) {
      parts.round().tellLate(source, now);
      nextLate = now.plus(LATE_EVERY);
    }
    return parts.round().once(source, this, now, () -> stopping);
  }

  @Override
  public Answer ask(Map<String, Object> request) {
    giveWay();
    long asked = System.nanoTime();
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(request);
      exchange.getMessage().setHeader(Carried.CONNECTION, key.substring(0, key.indexOf('/')));
      exchange.setProperty(Carried.INPUT, request);
      exchange.setProperty(Carried.PATIENCE, new Patience(PATIENCE, () -> stopping));
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return answer(exchange);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Sorted by who acts next, as everything that a route throws.
      throw new IllegalStateException(e.getClass().getSimpleName(), e);
    } finally {
      releaseExchange(exchange, false);
      pace.waited(asked, System.nanoTime());
    }
  }

  @Override
  public void giveWay() {
    // Without a thread of its own it is cranked by hand, and has nobody to give way to.
    long ms = thread == null ? 0 : pace.restMs(System.nanoTime());
    if (ms > 0) {
      rest(ms);
      pace.begin(System.nanoTime());
    }
  }

  private static Answer answer(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    boolean empty =
        exchange.getProperty(WindowsComponent.EMPTY, false, boolean.class)
            || "empty".equals(exchange.getMessage().getHeader(Carried.ANSWER, String.class));
    boolean read =
        body == null
            || body instanceof byte[]
            || body instanceof String
            || body instanceof Map
            || body instanceof java.util.List;
    return new Answer(read ? body : exchange.getMessage().getBody(byte[].class), empty);
  }
}
