package io.orderbridge;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for an effect of another process, by asking again and again. The only place in which a test
 * lets time pass.
 */
public final class Await {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  // Limits are what a machine of two quiet cores needs; a crowded one gets more, and who is done
  // waits no longer for it.
  private static final int PATIENCE = 4;

  private Await() {}

  /** Whether it has happened. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Claims on what has happened; fails with an assertion until they hold. */
  @FunctionalInterface
  public interface Claims {
    void check() throws Exception;
  }

  /** Returns as soon as it has happened; fails when that takes much longer. */
  public static void until(String what, Duration atMost, Condition condition) {
    asserted(
        atMost,
        () -> {
          if (!condition.holds()) {
            throw new AssertionError("not within " + atMost + ": " + what);
          }
        });
  }

  /**
   * Returns as soon as the claims hold; fails with their last failure when that takes much longer.
   */
  public static void asserted(Duration atMost, Claims claims) {
    long end = System.nanoTime() + PATIENCE * atMost.toNanos();
    while (true) {
      try {
        claims.check();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      } catch (Exception e) {
        throw new AssertionError("waiting failed", e);
      }
      pause(BETWEEN);
    }
  }

  /** Lets the time pass that a slow counterpart takes. */
  static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new IllegalStateException("interrupted while waiting");
      }
    }
  }
}
