package io.orderbridge.schedule;

import io.orderbridge.schedule.Intake.Fate;
import io.orderbridge.schedule.WindowItems.Counts;
import io.orderbridge.schedule.Windows.Checked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Follows the items of a window that was read to the order book. Goes on where the last round
 * stopped, so that a round costs what is new, however large the window is.
 */
final class Proof {
  private static final int BATCH = 1_000;
  private static final int SHOWN_MAX = 20;
  private static final int DEAD_MAX = 10_000;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LAST_WAIT = Duration.ofMinutes(1);

  private final Source source;
  private final Intake intake;
  private final Windows windows;
  private final WindowItems items;
  private final BooleanSupplier stopping;

  Proof(
      Source source, Intake intake, Windows windows, WindowItems items, BooleanSupplier stopping) {
    this.source = source;
    this.intake = intake;
    this.windows = windows;
    this.items = items;
    this.stopping = stopping;
  }

  /** One round; the window itself is settled by the caller. */
  Checked round(Window window, Instant now) {
    lookAgainAtDead(window);
    long checked = window.checkedTo();
    List<Long> batch = items.after(window, checked, BATCH);
    boolean waits = false;
    while (!batch.isEmpty() && !waits) {
      if (stopping.getAsBoolean()) {
        throw new Pass.Stopped();
      }
      List<Long> settled = settle(window, batch);
      checked = settled.isEmpty() ? checked : settled.get(settled.size() - 1);
      waits = settled.size() < batch.size();
      if (!waits) {
        windows.renew(window);
        batch = items.after(window, checked, BATCH);
      }
    }
    Counts counts = items.counts(window);
    boolean proved = !waits && counts.dead() == 0;
    return new Checked(
        proved,
        checked,
        counts.recovered(),
        counts.dead(),
        now.plus(wait(window.checks())),
        problem(window, counts));
  }

  /** Notes the fates of the messages up to the first that still waits; those before it. */
  private List<Long> settle(Window window, List<Long> batch) {
    Map<Long, Fate> fates = intake.fates(source.into(), batch);
    List<Long> settled = new ArrayList<>();
    List<Long> dead = new ArrayList<>();
    List<Long> applied = new ArrayList<>();
    for (Long id : batch) {
      Fate fate = fates.get(id);
      if (fate == Fate.WAITING) {
        break;
      }
      settled.add(id);
      (fate == Fate.DEAD ? dead : applied).add(id);
    }
    items.mark(window, dead, "DEAD");
    recovered(window, applied);
    return settled;
  }

  private void recovered(Window window, List<Long> applied) {
    if (source.pushed() && !applied.isEmpty()) {
      items.mark(window, intake.firstWords(applied), "RECOVERED");
    }
  }

  // A person may have mended them since.
  private void lookAgainAtDead(Window window) {
    Set<Long> dead = new HashSet<>(items.marked(window, "DEAD", DEAD_MAX).keySet());
    if (dead.isEmpty()) {
      return;
    }
    Map<Long, Fate> fates = intake.fates(source.into(), dead);
    List<Long> applied = dead.stream().filter(id -> fates.get(id) == Fate.APPLIED).toList();
    items.mark(window, applied, null);
    recovered(window, applied);
  }

  private String problem(Window window, Counts counts) {
    if (counts.dead() == 0) {
      return null;
    }
    return "%d items are dead letters: %s"
        .formatted(
            counts.dead(), String.join(", ", items.marked(window, "DEAD", SHOWN_MAX).values()));
  }

  private static Duration wait(int checks) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(checks, 10));
    return wait.compareTo(LAST_WAIT) > 0 ? LAST_WAIT : wait;
  }
}
