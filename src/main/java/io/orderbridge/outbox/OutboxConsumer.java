package io.orderbridge.outbox;

import io.orderbridge.call.Answer;
import io.orderbridge.call.Gate;
import io.orderbridge.call.HttpDeadline;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.Events;
import io.orderbridge.store.StoreUnavailable;
import io.orderbridge.work.LaneRunner;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Settlements;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.TypeConversionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

/**
 * Sends what a target is owed through its route and judges the answers. One slow or broken target
 * has threads, a rate and a breaker of its own and delays no other.
 */
final class OutboxConsumer extends DefaultConsumer implements LaneRunner.Worker<Events.Stored> {
  private static final Logger LOG = Logger.getLogger(OutboxConsumer.class);
  // What the deadline may be overrun by until a cut connection has come back.
  private static final Duration SLACK = Duration.ofSeconds(2);
  // A claim holds for a few attempts at their slowest; usually it ends after milliseconds.
  private static final int ATTEMPTS_PER_LEASE = 4;
  private static final int ITEMS_AT_ONCE = 16;
  // Of an order that has left as a whole.
  private static final List<String> GONE =
      Stream.of("SHIPPED", "IN_TRANSIT", "DELIVERED", "COMPLETED")
          .map(status -> "\"status\":\"" + status + "\"")
          .toList();
  private static final Duration STOP_MAX = Duration.ofSeconds(8);

  /** What all consumers share. */
  record Parts(
      Targets targets, Events events, WorkQueue queue, Settlements settlements, Clock clock) {}

  private final String name;
  private final Parts parts;
  private ExecutorService pool;
  private LaneRunner<Events.Stored> runner;
  private volatile Target target;
  private volatile Gate gate;

  OutboxConsumer(Endpoint endpoint, Processor processor, String name, Parts parts) {
    super(endpoint, processor);
    this.name = name;
    this.parts = parts;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    follow();
    String queue = OrderDebts.queueName(name);
    pool =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newCachedThreadPool(this, queue);
    runner = new LaneRunner<>(queue, parts.queue(), parts.settlements(), this, pool);
    runner.start();
  }

  @Override
  protected void doStop() throws Exception {
    if (runner != null) {
      runner.close(STOP_MAX);
      getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(pool);
      runner = null;
    }
    super.doStop();
  }

  // The file may have changed since the last claim; a target that is gone is sent nothing.
  private void follow() {
    Target now = parts.targets().find(name).orElse(null);
    if (now != target) {
      gate = now == null ? null : new Gate(now.limits(), now.breaker(), System.nanoTime());
      target = now;
      parts.targets().leave(name, false);
    }
  }

  @Override
  public LaneRunner.Limits limits() {
    follow();
    Target now = target;
    if (now == null) {
      return new LaneRunner.Limits(0, 1, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }
    Duration attempt = now.limits().deadline().plus(SLACK);
    boolean counted = !now.limits().rate().isNone();
    return new LaneRunner.Limits(
        now.limits().inFlight(),
        counted ? 1 : ITEMS_AT_ONCE,
        attempt.multipliedBy(ATTEMPTS_PER_LEASE),
        attempt);
  }

  @Override
  public int admit(int wanted) {
    Gate now = gate;
    return now == null ? 0 : now.admit(wanted, System.nanoTime());
  }

  @Override
  public void unused(int lanes) {
    Gate now = gate;
    if (now != null) {
      now.unused(lanes);
    }
  }

  @Override
  public boolean goesOn() {
    Gate now = gate;
    return now != null && !now.closed(System.nanoTime());
  }

  @Override
  public Map<Long, Events.Stored> load(List<Item> items) {
    Target now = target;
    return parts
        .events()
        .load(
            items.stream()
                .map(item -> new Events.Place(item.what().ref(), item.what().refAt()))
                .toList(),
            now != null && now.personal());
  }

  @Override
  public CompletionStage<Settlement> work(Item item, Events.Stored event) {
    long begun = System.nanoTime();
    Target now = target;
    if (now == null) {
      return CompletableFuture.completedFuture(
          Settlement.again(
              item,
              Cause.TARGET_UNREACHABLE,
              "the target has no connection file",
              Duration.ofSeconds(30),
              Duration.ZERO));
    }
    CompletableFuture<Settlement> ended = new CompletableFuture<>();
    byte[] payload = payload(item, event);
    HttpDeadline.bind(now.limits().deadline(), now.limits().answer());
    try {
      Exchange exchange = exchange(item, event, payload);
      getAsyncProcessor()
          .process(
              exchange,
              sync -> {
                ended.complete(
                    inTime(now, item, event, judge(now, item, exchange, payload, begun)));
                releaseExchange(exchange, false);
              });
    } catch (RuntimeException e) {
      Settlement failed =
          new Judge(now, parts.clock().instant()).failed(item, e, payload, since(begun));
      tellGate(failed, false, Optional.empty());
      ended.complete(failed);
    } finally {
      HttpDeadline.unbound();
    }
    return ended;
  }

  private static byte[] payload(Item item, Events.Stored event) {
    if (item.what().payload() != null) {
      return item.what().payload();
    }
    return event == null ? new byte[0] : event.body().getBytes(StandardCharsets.UTF_8);
  }

  private Exchange exchange(Item item, Events.Stored event, byte[] payload) {
    if (payload.length == 0) {
      throw new Refusal(
          Cause.BODY_BROKEN, "", "the event is past its retention; edit a copy and replay");
    }
    Exchange exchange = createExchange(false);
    Object body = CloudEvents.read(payload, event == null ? null : event.receiver());
    exchange.getMessage().setBody(body);
    exchange.setProperty(Carried.INPUT, body);
    exchange.getMessage().setHeader(OutboxComponent.IDEMPOTENCY_KEY, item.what().key());
    exchange.setProperty(OutboxComponent.EVENT, event == null ? "" : event.type());
    return exchange;
  }

  // The upload deadline is met if and only if the delivery is settled. Of an order in several
  // parcels the last one counts; what the route skipped was answered by nobody.
  private Settlement inTime(Target now, Item item, Events.Stored event, Settlement ended) {
    UploadDeadline rule = now.uploadDeadline();
    if (rule == null
        || ended.outcome() != Settlement.Outcome.DONE
        || event == null
        || ended.status() == 0
        || GONE.stream().noneMatch(event.body()::contains)) {
      return ended;
    }
    Instant at = parts.clock().instant();
    return ended.with(connection -> Deadlines.met(connection, name, item.what().subject(), at));
  }

  private Settlement judge(Target now, Item item, Exchange exchange, byte[] payload, long begun) {
    Judge judge = new Judge(now, parts.clock().instant());
    Answer answer = null;
    Settlement ended;
    Throwable failure = exchange.getException();
    if (failure == null) {
      try {
        answer = Answer.of(exchange.getMessage(), now.limits().answer());
      } catch (TypeConversionException e) {
        // The answer broke off while it was read: whether it was done is not known.
        failure = e;
      }
    } else if (failure instanceof HttpOperationFailedException http) {
      answer = Answer.of(http);
    }
    ended =
        answer != null
            ? judge.answered(item, answer, payload, since(begun))
            : judge.failed(item, failure, payload, since(begun));
    tellGate(ended, answer != null, judge.asked(answer, failure));
    return ended;
  }

  private void tellGate(Settlement ended, boolean answered, Optional<Duration> asked) {
    Gate now = gate;
    if (now == null) {
      return;
    }
    // By cause, not by outcome: a debt that is given up does not mean that the target is back, and
    // a mapping that fails does not mean that it was asked.
    boolean away = ended.cause() == Cause.TARGET_BUSY || ended.cause() == Cause.TARGET_UNREACHABLE;
    if (!away) {
      if (answered || ended.cause() == Cause.TARGET_REFUSED) {
        if (now.answered()) {
          parts.targets().leave(name, false);
          pool.execute(this::catchUp);
        }
      } else {
        now.unused(1);
      }
      return;
    }
    if (answered || asked.isEmpty()) {
      now.failed(System.nanoTime());
      parts.targets().leave(name, now.isAway());
    } else {
      // A call that waits for its turn says when that is; the target may be in the best of health.
      now.unused(1);
    }
    asked.ifPresent(pause -> now.closeFor(pause, System.nanoTime()));
  }

  // It was away and is back: what waits for hours by its schedule is due now. Rate, order and the
  // number in flight hold as ever.
  private void catchUp() {
    try {
      int lanes = parts.queue().hurry(OrderDebts.queueName(name));
      LOG.infof("target.back target=%s lanes=%d", name, lanes);
    } catch (StoreUnavailable e) {
      LOG.warnf("target.back target=%s; its schedule stays: %s", name, e.getMessage());
    }
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
