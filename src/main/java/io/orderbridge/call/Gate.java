package io.orderbridge.call;

import java.time.Duration;

/**
 * Lets calls to one partner begin: as many as its rate allows, and none while it is left alone
 * because it failed too often or asked for a pause. After a pause one call tells whether it is
 * back. Thread-safe; times are of a monotonic clock.
 */
public final class Gate {
  private static final long SECOND = 1_000_000_000L;
  private static final double ROUNDING = 1e-9;

  // A partner with a rate below one a second is asked once at a time.
  private final double capacity;
  private final double perNano;
  private final Breaker breaker;
  private int failuresInARow;
  private long closedUntil;
  private boolean probing;
  private long probeEnds;
  private double permits;
  private long filledAt;

  public Gate(Limits limits, Breaker breaker, long now) {
    this.breaker = breaker;
    this.perNano = (double) limits.rate().times() / limits.rate().per().toNanos();
    this.capacity = Math.max(1, perNano * SECOND);
    this.permits = capacity;
    this.filledAt = now;
    this.closedUntil = now;
  }

  /** How many deliveries may begin now, at most the number wanted; they count as begun. */
  public synchronized int admit(int wanted, long now) {
    if (wanted <= 0 || now - closedUntil < 0) {
      return 0;
    }
    if (failuresInARow >= breaker.failures()) {
      // A probe that never reports, because its process or its database broke, is not waited for
      // for ever.
      if (probing && now - probeEnds < 0) {
        return 0;
      }
      probing = true;
      probeEnds = now + breaker.pause().toNanos();
      return 1;
    }
    if (perNano == 0) {
      return wanted;
    }
    fill(now);
    int admitted = Math.min(wanted, (int) (permits + ROUNDING));
    permits -= admitted;
    return admitted;
  }

  /** How long nothing may begin from now on; zero when something may. */
  public synchronized Duration opensIn(long now) {
    long wait = Math.max(0, closedUntil - now);
    if (failuresInARow >= breaker.failures()) {
      wait = Math.max(wait, probing ? probeEnds - now : 0);
    } else if (perNano > 0) {
      fill(now);
      double missing = 1 - permits - ROUNDING;
      wait = Math.max(wait, missing > 0 ? (long) Math.ceil(missing / perNano) : 0);
    }
    return Duration.ofNanos(wait);
  }

  private void fill(long now) {
    permits = Math.min(capacity, permits + (now - filledAt) * perNano);
    filledAt = now;
  }

  /** Gives permits back that found nothing to do. */
  public synchronized void unused(int count) {
    permits += count;
    if (count > 0) {
      probing = false;
    }
  }

  /**
   * The target did its part, or refused one delivery: it is there.
   *
   * @return whether it had been left alone before, so that this is the moment it came back
   */
  public synchronized boolean answered() {
    boolean back = failuresInARow >= breaker.failures();
    failuresInARow = 0;
    probing = false;
    return back;
  }

  /** The target did not answer, or cannot now. */
  public synchronized void failed(long now) {
    probing = false;
    failuresInARow++;
    if (failuresInARow >= breaker.failures()) {
      closeFor(breaker.pause(), now);
    }
  }

  /** The target asked to be left alone. */
  public synchronized void closeFor(Duration pause, long now) {
    long until = now + pause.toNanos();
    if (until - closedUntil > 0) {
      closedUntil = until;
    }
  }

  /** Whether it failed so often in a row that it is left alone, or asked by one call at a time. */
  public synchronized boolean isAway() {
    return failuresInARow >= breaker.failures();
  }

  /** Whether nothing is sent now. */
  public synchronized boolean closed(long now) {
    return now - closedUntil < 0;
  }
}
