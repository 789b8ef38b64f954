package io.orderbridge.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.store.StoreRefused;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs the route of a firing and says what becomes of it: done, again later, or failed. */
@Singleton
class Firings {
  private static final Logger LOG = Logger.getLogger(Firings.class);
  // The file may be mended, or another process has it: soon, and never given up.
  private static final Duration AWAY_WAIT = Duration.ofSeconds(5);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration WAIT_MAX = Duration.ofMinutes(30);
  // 1 + 2 + 4 + 8 + 16 + 4 times 30 minutes: two and a half hours of a partner's maintenance.
  private static final int TRIES_MAX = 9;

  // A stop takes ten seconds at most.
  private static final Duration END_MAX = Duration.ofMinutes(1);

  private final Schedules schedules;
  private final ScheduleRuns runs;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  Firings(Schedules schedules, ScheduleRuns runs, MeterRegistry registry, Clock clock) {
    this.schedules = schedules;
    this.runs = runs;
    this.registry = registry;
    this.clock = clock;
  }

  /** Does not throw: what Quartz is told of it is always that it ended. */
  void fire(Firing firing) {
    Optional<ScheduleConsumer> route = schedules.find(firing.id());
    if (route.isEmpty() && schedules.isResting()) {
      leave(firing);
      return;
    }
    if (route.isEmpty()) {
      if (missing.add(firing.id())) {
        LOG.warnf(
            "schedule.without_route schedule=%s; handed on every %s until its file is good",
            firing.id(), AWAY_WAIT);
      }
      schedules.again(firing, AWAY_WAIT);
      return;
    }
    missing.remove(firing.id());
    long begun = System.nanoTime();
    Throwable failure;
    try {
      if (!runs.began(firing, clock.instant())) {
        LOG.infof("schedule.twice schedule=%s due=%s; it is done once", firing.id(), firing.due());
        return;
      }
      failure = route.get().send(firing);
    } catch (StoreUnavailable | StoreRefused e) {
      failure = e;
    }
    if (failure != null && schedules.isResting()) {
      leave(firing);
      return;
    }
    Outcome outcome = judge(route.get(), firing, failure);
    if (outcome.again() != null) {
      schedules.again(outcome.next(firing), outcome.again());
    }
    tell(firing, outcome, Duration.ofNanos(System.nanoTime() - begun));
  }

  // A job that returns is done for good; one whose process has gone is done again, by another or
  // after the restart. So it does not return.
  private static void leave(Firing firing) {
    LOG.infof("schedule.left schedule=%s due=%s; it is done again", firing.id(), firing.due());
    try {
      new CountDownLatch(1).await(END_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param again after which time the same firing is due again; null when it has ended
   * @param counted whether that is one of its tries
   */
  private record Outcome(String name, String why, Duration again, boolean counted) {
    Firing next(Firing firing) {
      return counted ? firing.triedAgain() : firing;
    }
  }

  private Outcome judge(ScheduleConsumer route, Firing firing, Throwable failure) {
    if (failure == null) {
      return new Outcome("DONE", null, null, false);
    }
    if (!schedules.isHere(route)) {
      return new Outcome("AGAIN", "cut off: the route was stopped meanwhile", Duration.ZERO, false);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreUnavailable || cause instanceof TryLater) {
        return later(firing, cause);
      }
      if (cause instanceof Refusal || cause instanceof StoreRefused) {
        return new Outcome("FAILED", told(cause), null, false);
      }
    }
    // A library's message may quote the data it stumbled over.
    return new Outcome("FAILED", failure.getClass().getSimpleName(), null, false);
  }

  private static Outcome later(Firing firing, Throwable passing) {
    if (firing.tries() >= TRIES_MAX) {
      String why = "given up after %d tries: %s".formatted(firing.tries(), told(passing));
      return new Outcome("FAILED", why, null, false);
    }
    Duration planned = FIRST_WAIT.multipliedBy(1L << firing.tries());
    Duration wait = planned.compareTo(WAIT_MAX) < 0 ? planned : WAIT_MAX;
    if (passing instanceof TryLater later) {
      wait = later.asked().orElse(wait);
    }
    return new Outcome("AGAIN", told(passing), wait, true);
  }

  private static String told(Throwable ours) {
    return ours.getClass().getSimpleName() + ": " + ours.getMessage();
  }

  private void tell(Firing firing, Outcome outcome, Duration took) {
    registry
        .counter("orderbridge.schedule.firings", "schedule", firing.id(), "outcome", outcome.name())
        .increment();
    try {
      runs.ended(firing, outcome.name(), outcome.why(), clock.instant());
    } catch (StoreUnavailable | StoreRefused e) {
      LOG.debugf("schedule.untold schedule=%s why=%s", firing.id(), e.getMessage());
    }
    boolean failed = outcome.name().equals("FAILED");
    LOG.logf(
        failed ? Logger.Level.ERROR : Logger.Level.INFO,
        "schedule.fired schedule=%s due=%s outcome=%s tries=%d recovered=%s took_ms=%d again_ms=%s"
            + " why=%s",
        firing.id(),
        firing.due(),
        outcome.name(),
        firing.tries() + 1,
        firing.recovered(),
        took.toMillis(),
        outcome.again() == null ? null : outcome.again().toMillis(),
        outcome.why());
  }
}
