package io.orderbridge.ticket;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A piece of work for people.
 *
 * @param version counts every change, so that nobody decides on what is not so any more
 * @param finding number of the finding that it is about; null when it was opened by hand
 * @param episode of the finding for which it was opened last; 1 by hand
 * @param createdAt when it was opened first
 * @param openedAt when it was opened last: its age
 */
public record Ticket(
    long id,
    long version,
    Long finding,
    int episode,
    Matter matter,
    Charge charge,
    TicketState state,
    Instant createdAt,
    Instant openedAt) {
  // The nightly checks have had their say twice by then: what they neither cleared nor found again
  // is nobody's success, and somebody has to look.
  static final Duration VERIFY_MAX = Duration.ofHours(48);

  /**
   * What it is about. Of an open finding the level, the amount and the text are those of its newest
   * run.
   *
   * @param kind of the finding, or {@code HAND}
   * @param amount null when there is none
   */
  public record Matter(
      String kind,
      String code,
      String subject,
      String item,
      Level level,
      Money amount,
      Wording text) {}

  /**
   * Who has it, and until when.
   *
   * @param rule that opened it; empty by hand
   * @param step how often it was escalated in this episode
   * @param next the next step; null when there is none
   */
  public record Charge(
      String rule, Owner owner, Priority priority, Instant dueAt, int step, Next next) {
    /** Who has it from when on, should it still be overdue. */
    public record Next(Owner to, Instant at) {}
  }

  /**
   * Whether it is past its due time. What is to verify waits for the next run, for 48 hours at
   * most.
   */
  public boolean isOverdue(Instant now) {
    boolean waits =
        state instanceof TicketState.ToVerify verify
            && verify.since().isAfter(now.minus(VERIFY_MAX));
    return state instanceof TicketState.Live && !waits && !charge.dueAt().isAfter(now);
  }

  /** The same ticket in another state or with another owner. */
  Ticket moved(TicketState other, Owner owner) {
    Charge moved =
        new Charge(
            charge.rule(), owner, charge.priority(), charge.dueAt(), charge.step(), charge.next());
    return new Ticket(id, version, finding, episode, matter, moved, other, createdAt, openedAt);
  }

  /** As the API shows it. */
  public Map<String, Object> view(Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id);
    view.put("version", version);
    view.put("state", state.name());
    view.put("by", state.by());
    view.put("since", state.since().toString());
    view.put("reason", state instanceof TicketState.Closed closed ? closed.reason() : null);
    view.put("acts", state.acts());
    view.put("owner", charge.owner().name());
    view.put("priority", charge.priority().name());
    view.put("dueAt", charge.dueAt().toString());
    view.put("overdue", isOverdue(now));
    view.put("escalated", charge.step());
    view.put("next", charge.next() == null ? null : next(charge.next()));
    view.put("kind", matter.kind());
    view.put("code", orNull(matter.code()));
    view.put("subject", orNull(matter.subject()));
    view.put("item", orNull(matter.item()));
    view.put("level", matter.level().name());
    view.put("amount", matter.amount() == null ? null : matter.amount().toDecimal());
    view.put(
        "currency", matter.amount() == null ? null : matter.amount().currency().getCurrencyCode());
    view.put("text", Map.of("zh", matter.text().zh(), "en", matter.text().en()));
    view.put("rule", orNull(charge.rule()));
    view.put("finding", finding);
    view.put("episode", episode);
    view.put("openedAt", openedAt.toString());
    view.put("createdAt", createdAt.toString());
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }

  private static Map<String, String> next(Charge.Next next) {
    return Map.of("to", next.to().name(), "at", next.at().toString());
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
