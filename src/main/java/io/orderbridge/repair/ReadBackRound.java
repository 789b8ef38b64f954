package io.orderbridge.repair;

import io.orderbridge.kernel.Round;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks whether what was repaired has arrived, by the schedule of the rules and for a bounded time.
 * What has failed is looked at as long: a later look that is good clears its finding.
 */
@Singleton
class ReadBackRound implements Round {
  private static final Logger LOG = Logger.getLogger(ReadBackRound.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Actions actions;
  private final ItemMarks marks;

  ReadBackRound(Actions actions, ItemMarks marks) {
    this.actions = actions;
    this.marks = marks;
  }

  @Override
  public String name() {
    return "repairs-read-back";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    List<ItemMarks.Look> looks = marks.looks(now);
    while (!looks.isEmpty()) {
      looks.forEach(look -> look(look, now));
      looks = marks.looks(now);
    }
    marks.moveOn(now);
  }

  private void look(ItemMarks.Look look, Instant now) {
    Task task = look.task();
    Action action = actions.named(task.repair().wish().action());
    List<Shown> shown = action.readBack(task, look.targets(), now);
    marks.looked(look, shown, now);
    Shown.State worst = Shown.worst(shown);
    if (worst != Shown.State.OPEN) {
      LOG.infof(
          "repair.read_back repair=%d item=%d order=%s state=%s",
          task.repair().id(), task.item(), task.order(), worst);
    }
  }
}
