package io.orderbridge.schedule;

import java.util.concurrent.TimeUnit;

/**
 * Lets webhooks pass: of the time of a sweep at most a third is work of our own. What the partner
 * takes to answer is rest enough, as a rule; on a busy machine work takes longer, and so do the
 * rests.
 */
final class Pace {
  private static final int REST_PER_WORK = 2;
  private static final long REST_MAX_MS = 250;

  private long worksSince;
  private long rested;

  /** Work begins. */
  void begin(long nowNs) {
    worksSince = nowNs;
    rested = 0;
  }

  /** Somebody else worked, and now it is our turn. */
  void waited(long fromNs, long nowNs) {
    worksSince = nowNs;
    rested = nowNs - fromNs;
  }

  /** Milliseconds to rest before the next piece of work; {@link #begin} follows. */
  long restMs(long nowNs) {
    long owed = (nowNs - worksSince) * REST_PER_WORK - rested;
    return owed <= 0 ? 0 : Math.min(TimeUnit.NANOSECONDS.toMillis(owed) + 1, REST_MAX_MS);
  }
}
