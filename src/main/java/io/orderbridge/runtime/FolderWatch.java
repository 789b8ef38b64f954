package io.orderbridge.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** The thread that looks at the folders; what a look does is {@link ReloadRound#run}. */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FolderWatch.class);
  // A swap waits at most 10 s for the messages of a route; three routes of a Kamelet may wait.
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "folder-watch"));
  private final BooleanSupplier round;
  private final Duration every;

  FolderWatch(BooleanSupplier round, Duration every) {
    this.round = round;
    this.every = every;
  }

  /** Looks once before it returns, then again and again. */
  void start() {
    look();
    thread.scheduleWithFixedDelay(
        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      round.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.errorf(e, "reload.round failed; the next is in %s", every);
    }
  }

  /**
   * Does something between two looks, on their thread: what is in force is not guarded otherwise.
   *
   * @throws IllegalStateException when the look before takes too long, or this is interrupted
   */
  <T> T between(Callable<T> task) {
    try {
      return thread.submit(task).get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the reload is busy for more than " + STOP_MAX, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits for a round that runs. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warnf("reload.round still runs after %s", STOP_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
