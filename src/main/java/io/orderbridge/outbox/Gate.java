package io.orderbridge.outbox;

import java.time.Duration;

/**
 * Lets deliveries to one target begin: as many as its rate allows, and none while it is left alone
 * because it failed too often or asked for a pause. After a pause one delivery tells whether it is
 * back. Thread-safe; times are of a monotonic clock.
 */
final class Gate {
  private static final long SECOND = 1_000_000_000L;

  private final Target.Limits limits;
  private final Target.Breaker breaker;
  private int failuresInARow;
  private long closedUntil;
  private boolean probing;
  private long probeEnds;
  private double permits;
  private long filledAt;

  Gate(Target.Limits limits, Target.Breaker breaker, long now) {
    this.limits = limits;
    this.breaker = breaker;
    this.permits = limits.perSecond();
    this.filledAt = now;
    this.closedUntil = now;
  }

  /** How many deliveries may begin now, at most the number wanted; they count as begun. */
  synchronized int admit(int wanted, long now) {
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
    if (limits.perSecond() == 0) {
      return wanted;
    }
    long passed = now - filledAt;
    permits = Math.min(limits.perSecond(), permits + (double) passed * limits.perSecond() / SECOND);
    filledAt = now;
    int admitted = Math.min(wanted, (int) permits);
    permits -= admitted;
    return admitted;
  }

  /** Gives permits back that found nothing to do. */
  synchronized void unused(int count) {
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
  synchronized boolean answered() {
    boolean back = failuresInARow >= breaker.failures();
    failuresInARow = 0;
    probing = false;
    return back;
  }

  /** The target did not answer, or cannot now. */
  synchronized void failed(long now) {
    probing = false;
    failuresInARow++;
    if (failuresInARow >= breaker.failures()) {
      closeFor(breaker.pause(), now);
    }
  }

  /** The target asked to be left alone. */
  synchronized void closeFor(Duration pause, long now) {
    long until = now + pause.toNanos();
    if (until - closedUntil > 0) {
      closedUntil = until;
    }
  }

  /** Whether nothing is sent now. */
  synchronized boolean closed(long now) {
    return now - closedUntil < 0;
  }
}
