package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import io.orderbridge.store.GroupCommit;
import io.orderbridge.work.Work;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The single source of the state of orders (R07). Facts come in from any system, in any order, any
 * number of times; the order ends in the same state. Thread-safe; several processes may record at
 * once.
 */
@Singleton
public class OrderBook {
  // A few batches of 256: enough to keep the writer busy, little enough to answer "busy" early.
  private static final int WAITING_MAX = 4096;

  /** The system of what a person forces, in the history of orders. */
  public static final String FORCED = "forced";

  private final Clock clock;
  private final GroupCommit<Recording, Recorded> writer;

  /**
   * What one message says, to be recorded as a whole or not at all.
   *
   * @param facts of one or more orders
   * @param system the connection that says so
   * @param inboxId number of the message; null when it came otherwise
   * @param settles work that is done by recording this, paid in the same transaction; null if none
   */
  record Recording(List<Facts> facts, String system, Long inboxId, Work.Item settles) {}

  /**
   * What recording changed.
   *
   * @param events written
   * @param foreignWrites claims on what another system owns
   */
  public record Recorded(int events, int foreignWrites) {}

  public OrderBook(Database database, OrderWriter orders, Clock clock) {
    this.clock = clock;
    this.writer = new GroupCommit<>("order-book", database, WAITING_MAX, orders::write);
  }

  /**
   * Records the result of an inbound mapping.
   *
   * @param mapped one facts object or a list of them, see {@code docs/order-facts.md}
   * @param system the connection whose word it is
   * @param inboxId number of the message, or null
   * @param settles work to be paid in the same transaction, or null
   * @return completes after the commit; fails as {@link GroupCommit#submit} does
   * @throws Refusal when what was mapped is no valid facts object; nothing is recorded
   */
  public CompletableFuture<Recorded> record(
      Object mapped, String system, Long inboxId, Work.Item settles) {
    List<Facts> facts = new FactsReader(clock.instant()).read(mapped);
    return writer.submit(new Recording(facts, system, inboxId, settles));
  }

  /**
   * Records what a person forces, each order as a whole: events and debts follow as from any fact.
   * Said again under the same version it changes nothing.
   *
   * @return completes after the commit; fails as {@link GroupCommit#submit} does
   */
  public CompletableFuture<Recorded> force(List<Forced> forced) {
    List<Facts> facts = forced.stream().map(Facts::forced).toList();
    return writer.submit(new Recording(facts, FORCED, null, null));
  }

  @PreDestroy
  void close() {
    writer.close();
  }

  static List<OrderKey> keys(List<Recording> recordings) {
    return recordings.stream()
        .flatMap(recording -> recording.facts().stream())
        .map(Facts::order)
        .distinct()
        .sorted()
        .toList();
  }
}
