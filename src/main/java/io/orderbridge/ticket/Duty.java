package io.orderbridge.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule asks for: of whom, until when, and who hears of it when nothing is done.
 *
 * @param owner a role, or a person
 * @param due counted from when the ticket is opened
 * @param ladder to whom it goes when it is overdue, step by step; may be empty
 */
public record Duty(Owner owner, Term due, Priority priority, List<Step> ladder) {
  /** Without a rule: two business days, and nobody else hears of it. */
  public static final Duty DEFAULT =
      new Duty(new Owner("ops"), new Term.BusinessDays(2), Priority.NORMAL, List.of());

  public Duty {
    ladder = List.copyOf(ladder);
  }

  /**
   * A step of the ladder.
   *
   * @param to who has the ticket from then on
   * @param after how long it was overdue, counted from the due time
   */
  public record Step(Owner to, Term after) {}

  /** The same for another owner. */
  public Duty of(Owner other) {
    return new Duty(other, due, priority, ladder);
  }

  /** The times of all this for a ticket that is opened at {@code now}. */
  Plan plan(Instant now, BusinessCalendar calendar) {
    Instant dueAt = due.after(now, calendar);
    List<Plan.Rung> rungs = new ArrayList<>();
    Instant last = dueAt;
    for (Step step : ladder) {
      Instant at = step.after().after(dueAt, calendar);
      // Four hours and one business day cannot be ordered before the day is known.
      last = at.isBefore(last) ? last : at;
      rungs.add(new Plan.Rung(step.to(), last));
    }
    return new Plan(owner, priority, dueAt, rungs);
  }

  /**
   * A duty with its times. A ticket keeps its plan: an edit of the rules holds for what is opened
   * afterwards.
   */
  record Plan(Owner owner, Priority priority, Instant dueAt, List<Rung> ladder) {
    record Rung(Owner to, Instant at) {}
  }
}
