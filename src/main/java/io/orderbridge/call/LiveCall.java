package io.orderbridge.call;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Patience;
import io.orderbridge.kernel.TryLater;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call with what is known of its partner now: how many are under way, how many may begin, whether
 * it is left alone. One per process; rates are therefore per process. Thread-safe.
 */
final class LiveCall {
  // Long enough that a sweep at five a second flows, short enough to hold no thread.
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(50);

  private final CallSpec spec;
  private final Gate gate;
  private final Semaphore room;
  private final AtomicInteger hurried = new AtomicInteger();

  LiveCall(CallSpec spec) {
    this.spec = spec;
    this.gate = new Gate(spec.limits(), spec.breaker(), System.nanoTime());
    this.room = new Semaphore(spec.limits().inFlight(), true);
  }

  CallSpec spec() {
    return spec;
  }

  Gate gate() {
    return gate;
  }

  /**
   * Waits for room and for the rate, up to a second or as long as the patience lasts; {@link
   * #leave} must follow. Who has no patience goes first: a sweep delays no delivery.
   *
   * @throws TryLater TARGET_BUSY with the time until something may begin
   */
  void enter(Patience patience) {
    if (patience.atMost().compareTo(WAIT_MAX) > 0) {
      enterPatiently(patience);
      return;
    }
    hurried.incrementAndGet();
    try {
      enterSoon();
    } finally {
      hurried.decrementAndGet();
    }
  }

  private void enterPatiently(Patience patience) {
    long end = System.nanoTime() + patience.atMost().toNanos();
    while (true) {
      if (hurried.get() == 0 && room.tryAcquire()) {
        if (gate.admit(1, System.nanoTime()) == 1) {
          return;
        }
        room.release();
      }
      long now = System.nanoTime();
      Duration wait = gate.opensIn(now);
      if (patience.ended().getAsBoolean() || now + wait.toNanos() >= end) {
        throw busy(wait, gate.closed(now) ? "the partner is left alone" : "others go first");
      }
      pause(wait.compareTo(STEP) > 0 ? STEP : wait.plusMillis(1), patience);
    }
  }

  /** Waits in small steps, so that a stop is not delayed. */
  static void pause(Duration wait, Patience patience) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (System.nanoTime() < end && !patience.ended().getAsBoolean()) {
        TimeUnit.NANOSECONDS.sleep(Math.min(STEP.toNanos(), end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TryLater(Cause.TARGET_BUSY, Optional.of(WAIT_MAX), "this process stops");
    }
  }

  private void enterSoon() {
    try {
      if (!room.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(WAIT_MAX, "all %d places are taken".formatted(spec.limits().inFlight()));
      }
      boolean entered = false;
      try {
        awaitGate();
        entered = true;
      } finally {
        if (!entered) {
          room.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(WAIT_MAX, "this process stops");
    }
  }

  void leave() {
    room.release();
  }

  private void awaitGate() throws InterruptedException {
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (gate.admit(1, System.nanoTime()) == 0) {
      long now = System.nanoTime();
      Duration wait = gate.opensIn(now);
      if (wait.toNanos() > end - now) {
        throw busy(
            wait,
            gate.closed(now) ? "the partner is left alone" : "the rate is used up or a probe");
      }
      TimeUnit.NANOSECONDS.sleep(Math.max(1_000_000, wait.toNanos()));
    }
  }

  private TryLater busy(Duration asked, String why) {
    return new TryLater(
        Cause.TARGET_BUSY, Optional.of(asked), "call:%s waits: %s".formatted(spec.id(), why));
  }
}
