package io.orderbridge.outbox;

import io.orderbridge.outbox.Target.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a failed delivery is tried again: by the target's list of waits, the last one repeating,
 * until the debt is too old. Waits are spread by a tenth, so that what failed together does not
 * return together; the spread comes from the key, so a schedule can be foretold.
 */
final class RetryTimes {
  private static final int SPREAD_PERCENT = 10;

  private RetryTimes() {}

  /**
   * @param failed attempts so far, the one just ended included
   * @param key idempotency key of the delivery
   * @param since when the debt was made
   * @return empty when the debt is too old to be tried again
   */
  static Optional<Duration> next(Retry retry, int failed, String key, Instant since, Instant now) {
    int step = Math.min(failed, retry.after().size()) - 1;
    Duration wait = spread(retry.after().get(step), failed, key);
    boolean tooLate = since.plus(retry.until()).isBefore(now.plus(wait));
    return tooLate ? Optional.empty() : Optional.of(wait);
  }

  private static Duration spread(Duration wait, int failed, String key) {
    int percent =
        Math.floorMod(31 * key.hashCode() + failed, 2 * SPREAD_PERCENT + 1) - SPREAD_PERCENT;
    return wait.plus(wait.multipliedBy(percent).dividedBy(100));
  }
}
