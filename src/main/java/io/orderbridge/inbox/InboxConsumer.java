package io.orderbridge.inbox;

import io.orderbridge.inbox.Messages.Message;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.store.StoreUnavailable;
import io.orderbridge.work.LaneRunner;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Settlement.Outcome;
import io.orderbridge.work.Settlements;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue;
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
 * Hands the stored messages of a connection to its route and judges how each ended: applied, again
 * later, or dead. What a person has to mend is dead at once; what is not known may pass by itself
 * and is tried a few times first.
 */
final class InboxConsumer extends DefaultConsumer implements LaneRunner.Worker<Message> {
  // Mapping is work for the processor: a few threads are enough, and lanes wait in between for the
  // order book's commit.
  private static final int THREADS = 4;
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(30);
  private static final LaneRunner.Limits LIMITS = new LaneRunner.Limits(64, 8, LEASE, ATTEMPT_MAX);
  private static final Duration STOP_MAX = Duration.ofSeconds(8);
  private static final Duration STORE_WAIT = Duration.ofSeconds(1);
  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));
  // For a partner that a route asks: five steps to two hours, then every two hours for three days.
  private static final List<Duration> LATER_WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2));
  private static final int LATER_REPEATS = 36;

  /** What all consumers share. */
  record Parts(
      Messages messages,
      WorkQueue queue,
      Settlements settlements,
      ReceivingConnections connections) {}

  private final String stream;
  private final String connection;
  private final Parts parts;
  private ExecutorService pool;
  private LaneRunner<Message> runner;

  InboxConsumer(Endpoint endpoint, Processor processor, String stream, Parts parts) {
    super(endpoint, processor);
    this.stream = stream;
    this.connection = stream.split("/", 2)[0];
    this.parts = parts;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    String name = Inbox.queueName(stream);
    pool =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, name, THREADS);
    runner = new LaneRunner<>(name, parts.queue(), parts.settlements(), this, pool);
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
    return LIMITS;
  }

  @Override
  public Map<Long, Message> load(List<Item> items) {
    return parts.messages().load(items);
  }

  @Override
  public CompletionStage<Settlement> work(Item item, Message loaded) {
    long begun = System.nanoTime();
    CompletableFuture<Settlement> ended = new CompletableFuture<>();
    byte[] body = null;
    try {
      Message message =
          loaded == null || loaded.body() != null ? loaded : parts.messages().loadWhole(item);
      if (message == null && item.what().payload() != null) {
        message = new Message(item.what().ref(), connection, item.what().subject(), "", "{}", null);
      }
      if (message == null) {
        throw new Refusal(
            Cause.BODY_BROKEN, "", "the raw message is past its retention; edit a copy and replay");
      }
      body = body(item, message);
      Exchange exchange = exchange(item, message, body);
      byte[] worked = body;
      getAsyncProcessor()
          .process(
              exchange,
              sync -> {
                ended.complete(judge(item, exchange, worked, since(begun)));
                releaseExchange(exchange, false);
              });
    } catch (RuntimeException e) {
      byte[] kept = body == null && loaded != null ? loaded.body() : body;
      ended.complete(failed(item, e, kept, since(begun)));
    }
    return ended;
  }

  // A person's copy is already open; what came through the door is as it came.
  private byte[] body(Item item, Message message) {
    if (item.what().payload() != null) {
      return item.what().payload();
    }
    if (!stream.equals(connection)) {
      return message.body();
    }
    return parts
        .connections()
        .find(connection)
        .map(receiving -> receiving.scheme().open(message.body()))
        .orElse(message.body());
  }

  private Exchange exchange(Item item, Message message, byte[] body) {
    Exchange exchange = createExchange(false);
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeader(Carried.CONNECTION, connection);
    exchange.getMessage().setHeader(Carried.KIND, message.kind());
    exchange.getMessage().setHeader(Carried.MESSAGE, message.id());
    exchange.getMessage().setHeader(Carried.MESSAGE_ID, message.messageId());
    exchange.setProperty(Carried.INPUT, body);
    exchange.setProperty(Carried.RECEIVED, item.what().refAt());
    exchange.setProperty(Carried.HEADERS, KeptHeaders.read(message.headers()));
    exchange.setProperty(InboxComponent.WORK, item);
    return exchange;
  }

  private Settlement judge(Item item, Exchange exchange, byte[] body, Duration took) {
    Throwable failure = exchange.getException();
    if (failure != null) {
      Settlement failed = failed(item, failure, body, took);
      // What was recorded has left its queue: there is nothing to try again, so a person looks.
      return failed.outcome() == Outcome.AGAIN && paid(exchange)
          ? Settlement.dead(item, Cause.ROUTE_FAILED, "", failed.why(), body, took)
          : failed;
    }
    return Settlement.done(item, paid(exchange), took);
  }

  private static boolean paid(Exchange exchange) {
    return exchange.getProperty(InboxComponent.WORK) == null;
  }

  private Settlement failed(Item item, Throwable failure, byte[] body, Duration took) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return Settlement.dead(
            item, refusal.why(), refusal.place(), refusal.getMessage(), body, took);
      }
      if (cause instanceof StoreUnavailable) {
        return Settlement.again(item, null, cause.getMessage(), STORE_WAIT, took);
      }
      if (cause instanceof TryLater later) {
        return later(item, later, body, took);
      }
    }
    String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    if (item.attempts() >= WAITS.size()) {
      return Settlement.dead(item, Cause.ROUTE_FAILED, "", why, body, took);
    }
    return apart(
        item, Settlement.again(item, Cause.ROUTE_FAILED, why, WAITS.get(item.attempts()), took));
  }

  // A partner that is asked in the middle of a route is away: as patient as a delivery would be.
  private static Settlement later(Item item, TryLater later, byte[] body, Duration took) {
    if (item.attempts() >= LATER_WAITS.size() + LATER_REPEATS) {
      String why = "given up after %d attempts: %s".formatted(item.attempts(), later.getMessage());
      return Settlement.dead(item, later.why(), "", why, body, took);
    }
    Duration planned = LATER_WAITS.get(Math.min(item.attempts(), LATER_WAITS.size() - 1));
    Duration wait = later.asked().orElse(planned);
    return apart(item, Settlement.again(item, later.why(), later.getMessage(), wait, took));
  }

  private static Settlement apart(Item item, Settlement again) {
    boolean inOrder = item.lane().startsWith("=");
    return inOrder || item.lane().startsWith("!") ? again : again.waitingApart();
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
