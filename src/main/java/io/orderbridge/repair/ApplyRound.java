package io.orderbridge.repair;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Round;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Does what was approved, order by order: claimed, done, marked. A process that dies between doing
 * and marking leaves the order to be done again, under the same key and version; so it is done
 * once, and marked.
 */
@Singleton
class ApplyRound implements Round {
  private static final Logger LOG = Logger.getLogger(ApplyRound.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  // Doubled with each failure, up to an hour: who waits for money waits for a person by then.
  private static final Duration WAIT_FIRST = Duration.ofSeconds(5);
  private static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final int DOUBLINGS_MAX = 10;

  private final Actions actions;
  private final ItemClaims claims;
  private final ItemMarks marks;

  ApplyRound(Actions actions, ItemClaims claims, ItemMarks marks) {
    this.actions = actions;
    this.claims = claims;
    this.marks = marks;
  }

  @Override
  public String name() {
    return "repairs";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    boolean more = true;
    while (more) {
      more = false;
      // One batch of each in turn: a long repair does not keep a short one waiting.
      for (long id : claims.live()) {
        more |= applyBatch(id, now);
      }
    }
    marks.moveOn(now);
  }

  /** Does the next orders of one repair; whether there were any. */
  boolean applyBatch(long id, Instant now) {
    List<Task> tasks = claims.claim(id, now);
    for (Task task : tasks) {
      apply(task, now);
    }
    return !tasks.isEmpty();
  }

  private void apply(Task task, Instant now) {
    Action action = actions.named(task.repair().wish().action());
    try {
      // Done first, marked then: the other way round a death in between would lose it.
      Action.Marking marking = action.apply(task);
      boolean marked = marks.applied(task, action.act(), marking, now);
      LOG.infof(
          "repair.applied repair=%d item=%d action=%s order=%s marked=%s",
          task.repair().id(), task.item(), action.name(), task.order(), marked);
    } catch (TryLater later) {
      postpone(task, Why.code(later.why().name()), later.asked().orElse(wait(task)), false, now);
    } catch (Refusal refusal) {
      refused(task, refusal, now);
    } catch (StoreUnavailable e) {
      // Nothing can be written now: the claim lapses, and it is done again.
      throw e;
    } catch (RuntimeException e) {
      LOG.errorf(e, "repair.failed repair=%d item=%d", task.repair().id(), task.item());
      postpone(task, Why.code(e.getClass().getSimpleName()), wait(task), true, now);
    }
  }

  // Only a partner that said no has done nothing. Whatever else went wrong may have gone wrong with
  // its answer, after it was done: asked again under the same number it says so.
  private void refused(Task task, Refusal refusal, Instant now) {
    Why why =
        refusal.place().isEmpty()
            ? Why.code(refusal.why().name())
            : Why.of("%s，位置 %s", "%s at %s", refusal.why(), refusal.place());
    if (refusal.why() == Cause.TARGET_REFUSED) {
      marks.failed(task, why, now);
      LOG.warnf(
          "repair.refused repair=%d item=%d why=%s", task.repair().id(), task.item(), why.en());
    } else {
      postpone(task, why, WAIT_MAX, true, now);
    }
  }

  private void postpone(Task task, Why why, Duration wait, boolean person, Instant now) {
    marks.postponed(task, why, wait, person, now);
    LOG.warnf(
        "repair.postponed repair=%d item=%d why=%s next_ms=%d",
        task.repair().id(), task.item(), why.en(), wait.toMillis());
  }

  private static Duration wait(Task task) {
    Duration wait = WAIT_FIRST.multipliedBy(1L << Math.min(task.attempts(), DOUBLINGS_MAX));
    return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
  }
}
