package io.orderbridge.notice;

import io.orderbridge.call.HttpDeadline;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.work.LaneRunner;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Settlements;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Gives a vendor's route the messages it has to send, and settles what became of them. Each vendor
 * has threads and a queue of its own: one that hangs delays no other.
 */
final class NoticesConsumer extends DefaultConsumer implements LaneRunner.Worker<Sending.Outgoing> {
  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final int ATTEMPTS_PER_LEASE = 3;
  private static final int ANSWER_MAX = 65_536;
  private static final Duration STOP_MAX = Duration.ofSeconds(8);

  /** What all consumers share. */
  @Singleton
  record Parts(
      NoticeRulesInForce rules,
      Vendors vendors,
      Sending sending,
      Messages messages,
      Dispatch dispatch,
      Doubts doubts,
      WorkQueue queue,
      Settlements settlements,
      Clock clock) {}

  private final String connection;
  private final Parts parts;
  private ExecutorService pool;
  private LaneRunner<Sending.Outgoing> runner;

  NoticesConsumer(Endpoint endpoint, Processor processor, String connection, Parts parts) {
    super(endpoint, processor);
    this.connection = connection;
    this.parts = parts;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    String queue = Notices.queueOf(connection);
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

  @Override
  public LaneRunner.Limits limits() {
    Vendor vendor = parts.vendors().find(connection).orElse(null);
    Duration attempt = (vendor == null ? Duration.ofSeconds(30) : vendor.deadline()).plus(SLACK);
    return new LaneRunner.Limits(
        vendor == null || !parts.rules().known() ? 0 : vendor.inFlight(),
        1,
        attempt.multipliedBy(ATTEMPTS_PER_LEASE),
        attempt);
  }

  @Override
  public Map<Long, Sending.Outgoing> load(List<Item> items) {
    return parts.sending().load(items);
  }

  @Override
  public CompletionStage<Settlement> work(Item item, Sending.Outgoing outgoing) {
    return send(item, outgoing, false);
  }

  @Override
  public CompletionStage<Settlement> workAgain(Item item, Sending.Outgoing outgoing) {
    return send(item, outgoing, true);
  }

  @Override
  public Settlement killed(Item item, Settlement dead) {
    return parts.dispatch().killed(item, dead);
  }

  /**
   * @param died whether a process died while it may have been sending this message
   */
  private CompletionStage<Settlement> send(Item item, Sending.Outgoing outgoing, boolean died) {
    long begun = System.nanoTime();
    Dispatch.Attempt attempt =
        new Dispatch.Attempt(
            item,
            outgoing,
            parts.vendors().find(connection).orElse(null),
            begun,
            died || outgoing != null && outgoing.row().doubt());
    Settlement stale = parts.dispatch().stale(attempt);
    if (stale != null) {
      return CompletableFuture.completedFuture(stale);
    }
    String moot = parts.dispatch().moot(attempt);
    if (!moot.isEmpty()) {
      return CompletableFuture.completedFuture(parts.dispatch().dropped(attempt, moot));
    }
    Messages.Message message;
    try {
      message = parts.messages().of(attempt);
    } catch (Refusal refusal) {
      return CompletableFuture.completedFuture(
          parts.dispatch().ended(attempt, null, Outcome.failed(refusal)));
    }
    Decision words = parts.dispatch().words(attempt, message);
    if (words.outcome() == Decision.Outcome.SUPPRESS) {
      return CompletableFuture.completedFuture(parts.dispatch().suppressed(attempt, words.rule()));
    }
    if (!attempt.doubt()) {
      return give(attempt, message);
    }
    Settlement known =
        parts.doubts().asked(attempt, message, died, getEndpoint().getCamelContext());
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    // A vendor that was asked does not have it; one that tells repeats may.
    boolean still = attempt.vendor().doubt() == Vendor.Doubt.AGAIN;
    return give(still ? attempt : attempt.settled(), message);
  }

  private CompletionStage<Settlement> give(Dispatch.Attempt attempt, Messages.Message message) {
    CompletableFuture<Settlement> ended = new CompletableFuture<>();
    Exchange exchange = createExchange(false);
    exchange.getMessage().setBody(message.body());
    exchange.getMessage().setHeader(Carried.IDEMPOTENCY_KEY, message.id());
    exchange.getMessage().setHeader(Carried.CONNECTION, connection);
    exchange.setProperty(Carried.INPUT, message.body());
    HttpDeadline.bind(attempt.vendor().deadline(), ANSWER_MAX);
    try {
      getAsyncProcessor()
          .process(
              exchange,
              sync -> {
                Outcome outcome =
                    exchange.getException() == null
                        ? Outcome.taken(exchange.getMessage().getBody())
                        : Outcome.failed(exchange.getException());
                ended.complete(parts.dispatch().ended(attempt, message, outcome));
                releaseExchange(exchange, false);
              });
    } catch (RuntimeException e) {
      ended.complete(parts.dispatch().ended(attempt, message, Outcome.failed(e)));
    } finally {
      HttpDeadline.unbound();
    }
    return ended;
  }
}
