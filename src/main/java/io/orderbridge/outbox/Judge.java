package io.orderbridge.outbox;

import io.orderbridge.call.Answer;
import io.orderbridge.call.Answer.Meant;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.outbox.Target.Moot;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Work.Item;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how a delivery ended, by who acts next: nobody (done), the clock (again), a person
 * (dead). What is not known is left to the clock, which gives up when the debt is too old.
 */
final class Judge {
  // What is neither the target's nor the network's fault hardly passes by itself.
  private static final int ROUTE_TRIES = 3;

  private final Target target;
  private final Instant now;

  Judge(Target target, Instant now) {
    this.target = target;
    this.now = now;
  }

  /** How an attempt ended that the target answered. */
  Settlement answered(Item item, Answer answer, byte[] payload, Duration took) {
    Meant meant = answer.meaning(target.answers(), false, now);
    String why = "answered " + answer.status();
    Settlement ended =
        switch (meant.meaning()) {
          case DONE, EMPTY, ALREADY -> Settlement.done(item, false, took);
          case BUSY, SLOW_DOWN, REFRESH ->
              again(item, Cause.TARGET_BUSY, why, meant.asked(), payload, took);
          case REFUSED -> Settlement.dead(item, meant.refusal(), "", why, payload, took);
        };
    boolean moot = ended.outcome() == Settlement.Outcome.DONE && target.moot() == Moot.LATER_STATE;
    return (moot ? ended.settlingOlder() : ended).answered(answer.status(), answer.head());
  }

  /** How an attempt ended that threw. */
  Settlement failed(Item item, Throwable failure, byte[] payload, Duration took) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return Settlement.dead(
            item, refusal.why(), refusal.place(), refusal.getMessage(), payload, took);
      }
      if (cause instanceof TryLater later) {
        return again(item, later.why(), later.getMessage(), later.asked(), payload, took);
      }
      if (cause instanceof SQLException sql && refusedByDatabase(sql)) {
        // The first line alone: PostgreSQL shows the whole row in those below, and this is logged.
        String told = String.valueOf(sql.getMessage()).split("\n", 2)[0];
        String why = "database answered " + sql.getSQLState() + ": " + told;
        return Settlement.dead(item, Cause.TARGET_REFUSED, "", why, payload, took);
      }
    }
    boolean outside = false;
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      outside |= root instanceof IOException || root instanceof SQLException;
      root = root.getCause();
    }
    outside |= root instanceof IOException || root instanceof SQLException;
    String why = root.getClass().getSimpleName() + ": " + root.getMessage();
    if (!outside && item.attempts() >= ROUTE_TRIES - 1) {
      return Settlement.dead(item, Cause.ROUTE_FAILED, "", why, payload, took);
    }
    Cause cause = outside ? Cause.TARGET_UNREACHABLE : Cause.ROUTE_FAILED;
    return again(item, cause, why, Optional.empty(), payload, took);
  }

  /** The wait that the target asked for in its answer, or that a step of the route asks for. */
  Optional<Duration> asked(Answer answer, Throwable failure) {
    if (answer != null) {
      return answer.meaning(target.answers(), false, now).asked();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TryLater later) {
        return later.asked();
      }
    }
    return Optional.empty();
  }

  // 22 and 23: the data does not fit; 42: the statement or a right is wrong. A person mends it.
  private static boolean refusedByDatabase(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().matches("(22|23|42).*");
  }

  private Settlement again(
      Item item, Cause cause, String why, Optional<Duration> asked, byte[] payload, Duration took) {
    Optional<Duration> wait =
        RetryTimes.next(target.retry(), item.attempts() + 1, item.what().key(), item.since(), now);
    if (wait.isEmpty()) {
      String given = "given up after %s: %s".formatted(target.retry().until(), why);
      return Settlement.dead(item, cause, "", given, payload, took);
    }
    return Settlement.again(item, cause, why, asked.orElse(wait.get()), took);
  }
}
