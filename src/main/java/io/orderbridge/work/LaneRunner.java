package io.orderbridge.work;

import io.orderbridge.store.StoreUnavailable;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Works one queue off: claims lanes that are due, does the work of each lane one after the other
 * and different lanes side by side, and settles. Claims are made continuously, never behind the
 * slowest of a batch.
 *
 * @param <P> what an item refers to, loaded for a whole claim at once
 */
public final class LaneRunner<P> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LaneRunner.class);

  /** Claims without an orderly end after which the head of a lane is taken for a killer. */
  static final int STRIKES_MAX = 5;

  // Work that others put, or that becomes due, is seen at the latest after this time.
  private static final long POLL_MS = 500;
  // Between two claims: what gathers meanwhile is claimed together.
  private static final long PAUSE_MS = 4;
  private static final long SETTLE_AGAIN_MS = 500;

  /**
   * @param lanesMax lanes in work at the same time
   * @param itemsMax items taken of a lane at once
   * @param lease of a claim
   * @param attemptMax longest time one item may take; no item is begun with less lease left
   */
  public record Limits(int lanesMax, int itemsMax, Duration lease, Duration attemptMax) {}

  /** Does the work of a queue. */
  public interface Worker<P> {
    /** Loads what the items refer to, by number; what is missing is passed as null. */
    Map<Long, P> load(List<Item> items);

    /** Does one item; never fails, but answers how it ended. */
    CompletionStage<Settlement> work(Item item, P loaded);

    /** The same for an item that a process died with: who cannot do it twice looks first. */
    default CompletionStage<Settlement> workAgain(Item item, P loaded) {
      return work(item, loaded);
    }

    /** What follows from an item that is given up because processes die with it. */
    default Settlement killed(Item item, Settlement dead) {
      return dead;
    }

    /** The limits in force now. */
    Limits limits();

    /** How many lanes may be begun, at most the number wanted; each one begun is worked. */
    default int admit(int wanted) {
      return wanted;
    }

    /** Tells that fewer lanes were begun than admitted. */
    default void unused(int lanes) {}

    /** Whether a lane may go on with its next item; otherwise it is released and claimed again. */
    default boolean goesOn() {
      return true;
    }
  }

  private final String queueName;
  private final WorkQueue queue;
  private final Settlements settlements;
  private final Worker<P> worker;
  private final ExecutorService pool;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicInteger lanesBusy = new AtomicInteger();
  private final Runnable onPut = wake::release;
  private final Thread loop;
  private volatile boolean closing;

  /** Starts at once; the pool does the work and is the caller's to end. */
  public LaneRunner(
      String queueName,
      WorkQueue queue,
      Settlements settlements,
      Worker<P> worker,
      ExecutorService pool) {
    this.queueName = queueName;
    this.queue = queue;
    this.settlements = settlements;
    this.worker = worker;
    this.pool = pool;
    this.loop = new Thread(this::claimAll, queueName);
    this.loop.setDaemon(true);
  }

  public void start() {
    queue.onPut(queueName, onPut);
    loop.start();
  }

  /** Claims nothing more, and waits until what is in work has ended or the time is over. */
  public void close(Duration atMost) {
    closing = true;
    queue.forget(queueName, onPut);
    wake.release();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      loop.join(atMost.toMillis());
      while (lanesBusy.get() > 0 && System.nanoTime() < end) {
        wake.tryAcquire(POLL_MS / 10, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(worker.limits().attemptMax());
  }

  private void claimAll() {
    while (!closing) {
      boolean more = false;
      try {
        more = claimOnce();
      } catch (StoreUnavailable e) {
        LOG.warnf("work.waits queue=%s why=%s", queueName, e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf(e, "work.failed queue=%s; what is due is claimed again", queueName);
      }
      rest(more ? PAUSE_MS : POLL_MS, more);
    }
  }

  private void rest(long millis, boolean whatever) {
    try {
      if (whatever) {
        TimeUnit.MILLISECONDS.sleep(millis);
      } else if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
      wake.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private boolean claimOnce() {
    Limits limits = worker.limits();
    int wanted = worker.admit(limits.lanesMax() - lanesBusy.get());
    if (wanted <= 0) {
      return false;
    }
    int begun = 0;
    try {
      begun = beginAll(queue.claim(queueName, wanted, limits.itemsMax(), limits.lease()));
      return begun == wanted;
    } finally {
      // Also when the database failed: a probe that was admitted and never began is given back.
      worker.unused(wanted - begun);
    }
  }

  private int beginAll(List<Claim> claims) {
    if (claims.isEmpty()) {
      return 0;
    }
    List<Item> items = new ArrayList<>();
    claims.forEach(claim -> items.addAll(claim.items()));
    Map<Long, P> loaded = load(claims.get(0), items);
    lanesBusy.addAndGet(claims.size());
    for (Claim claim : claims) {
      begin(claim, 0, loaded);
    }
    return claims.size();
  }

  // Nothing of the claim has begun: given up, it would count as work that a process died with.
  private Map<Long, P> load(Claim oldest, List<Item> items) {
    while (true) {
      try {
        return worker.load(items);
      } catch (StoreUnavailable e) {
        if (closing || leaseRunsOut(oldest)) {
          throw e;
        }
        rest(SETTLE_AGAIN_MS, true);
      }
    }
  }

  private void begin(Claim claim, int index, Map<Long, P> loaded) {
    try {
      pool.execute(() -> work(claim, index, loaded));
    } catch (RejectedExecutionException e) {
      // Shutting down: the claim lapses, or is freed when this process leaves.
      ended();
    }
  }

  private void work(Claim claim, int index, Map<Long, P> loaded) {
    Item item = claim.items().get(index);
    if (claim.strikes() > STRIKES_MAX) {
      // Its payload is what it refers to: loading it may be what kills.
      worker.unused(1);
      Settlement killed = worker.killed(item, Settlement.killer(item, STRIKES_MAX));
      settlements.tell(killed);
      settle(claim, index, loaded, killed);
      return;
    }
    ended(item, loaded, index == 0 && claim.strikes() > 1)
        .whenComplete(
            (settlement, failure) -> {
              if (failure == null) {
                settlements.tell(settlement);
                settle(claim, index, loaded, settlement);
              } else {
                LOG.errorf(failure, "work.failed queue=%s; it is claimed again", queueName);
                ended();
              }
            });
  }

  // A lane whose worker throws is not lost to this process: it counts as busy no longer.
  private CompletionStage<Settlement> ended(Item item, Map<Long, P> loaded, boolean again) {
    P of = loaded.get(item.what().ref());
    try {
      return again ? worker.workAgain(item, of) : worker.work(item, of);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void settle(Claim claim, int index, Map<Long, P> loaded, Settlement settlement) {
    boolean laneRests = !settlement.rest().isZero() && !settlement.apart();
    boolean last =
        laneRests
            || closing
            || index + 1 == claim.items().size()
            || leaseRunsOut(claim)
            || !worker.goesOn();
    Duration rest = laneRests ? settlement.rest() : Duration.ZERO;
    Release release = last ? new Release(claim, rest) : null;
    settlements
        .submit(settlement, release)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                settleLater(claim, index, loaded, settlement);
              } else if (last) {
                ended();
              } else {
                begin(claim, index + 1, loaded);
              }
            });
  }

  // The database is away: while the claim holds its end is written again, the work not repeated.
  private void settleLater(Claim claim, int index, Map<Long, P> loaded, Settlement settlement) {
    if (closing || leaseRunsOut(claim)) {
      LOG.warnf(
          "work.unsettled queue=%s subject=%s", queueName, settlement.item().what().subject());
      ended();
      return;
    }
    try {
      pool.execute(
          () -> {
            rest(SETTLE_AGAIN_MS, true);
            settle(claim, index, loaded, settlement);
          });
    } catch (RejectedExecutionException e) {
      ended();
    }
  }

  private boolean leaseRunsOut(Claim claim) {
    return claim.endsNanos() - System.nanoTime() < worker.limits().attemptMax().toNanos();
  }

  private void ended() {
    lanesBusy.decrementAndGet();
    wake.release();
  }
}
