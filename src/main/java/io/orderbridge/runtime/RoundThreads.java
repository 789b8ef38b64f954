package io.orderbridge.runtime;

import io.orderbridge.kernel.Round;
import io.orderbridge.store.StoreUnavailable;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The threads of all {@link Round}s: one each, so that a long round delays no other. */
@Singleton
class RoundThreads {
  private static final Logger LOG = Logger.getLogger(RoundThreads.class);
  // A round that is cut off is one that died: the next process goes on with what it claimed.
  private static final long STOP_MAX_SECONDS = 5;

  private final Instance<Round> rounds;
  private final Clock clock;
  private ScheduledExecutorService threads;

  RoundThreads(Instance<Round> rounds, Clock clock) {
    this.rounds = rounds;
    this.clock = clock;
  }

  void start() {
    int count = (int) rounds.stream().count();
    threads =
        Executors.newScheduledThreadPool(
            Math.max(1, count),
            task -> {
              Thread thread = new Thread(task, "round");
              thread.setDaemon(true);
              return thread;
            });
    for (Round round : rounds) {
      long millis = round.every().toMillis();
      threads.scheduleWithFixedDelay(() -> tryRound(round), millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void tryRound(Round round) {
    try {
      round.run(clock.instant());
    } catch (StoreUnavailable e) {
      // Upkeep tells of the database once for all.
      LOG.debugf("round.waits name=%s why=%s", round.name(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "round.failed name=%s; the next is in %s", round.name(), round.every());
    }
  }

  void stop() {
    if (threads == null) {
      return;
    }
    threads.shutdownNow();
    try {
      threads.awaitTermination(STOP_MAX_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
