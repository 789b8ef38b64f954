package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.notice.Receipts.Receipt;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What follows from an attempt to send a message, by who acts next: the receipt, another vendor,
 * the clock, the next channel, a person. The message and its place in the queue change together.
 */
@Singleton
class Dispatch {
  private static final Duration ALTERNATIVE_AFTER = Duration.ofSeconds(5);
  private static final int TURNS_MAX = 10;
  private static final Duration NOT_IN_FORCE_REST = Duration.ofSeconds(30);

  private final NoticeRulesInForce rules;
  private final Vendors vendors;
  private final WorkQueue queue;
  private final SendMarks marks;
  private final NoticeMeter meter;
  private final Clock clock;

  Dispatch(
      NoticeRulesInForce rules,
      Vendors vendors,
      WorkQueue queue,
      SendMarks marks,
      NoticeMeter meter,
      Clock clock) {
    this.rules = rules;
    this.vendors = vendors;
    this.queue = queue;
    this.marks = marks;
    this.meter = meter;
    this.clock = clock;
  }

  /**
   * One attempt.
   *
   * @param outgoing null when the message is gone
   * @param vendor null when its connection is
   * @param doubt whether this vendor may have it already; then no other one may be given it
   */
  record Attempt(Item item, Sending.Outgoing outgoing, Vendor vendor, long begun, boolean doubt) {
    Duration took() {
      return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether a person has it sent from the dead letters. */
    boolean byHand() {
      return outgoing.row().byHand();
    }

    Attempt settled() {
      return new Attempt(item, outgoing, vendor, begun, false);
    }

    Sending.Row row() {
      return outgoing.row();
    }
  }

  /**
   * The end of work that is not this vendor's to do: the message is gone, or others have it by now
   * and go on with it. Null when it is.
   */
  Settlement stale(Attempt attempt) {
    if (attempt.outgoing() == null) {
      return Settlement.done(attempt.item(), false, attempt.took());
    }
    if (attempt.vendor() == null || !rules.known()) {
      return Settlement.again(
          attempt.item(),
          Cause.TARGET_UNREACHABLE,
          "its connection or the rules of notices are not in force",
          NOT_IN_FORCE_REST,
          attempt.took());
    }
    Sending.Row row = attempt.row();
    boolean open = row.state().equals("QUEUED") || attempt.byHand();
    return open && row.vendor().equals(attempt.vendor().connection())
        ? null
        : Settlement.done(attempt.item(), false, attempt.took());
  }

  /** Why the message must not be sent any more; empty when it must. */
  String moot(Attempt attempt) {
    Sending.Row row = attempt.row();
    Gate gate = attempt.outgoing().gate();
    if (gate == null || attempt.outgoing().order() == null) {
      return "its gate or its order is gone";
    }
    boolean reached = Set.of("DELIVERED", "READ").contains(row.noticeState());
    if (reached && gate.mode() == Gate.Mode.CASCADE) {
      return "reached by another channel";
    }
    if (attempt.byHand() && row.others() && gate.mode() == Gate.Mode.CASCADE) {
      return "another channel is on its way";
    }
    Map<String, Object> data = attempt.outgoing().data();
    Optional<Milestone> against =
        gate.unless().stream().filter(one -> Opened.reached(data, row.item(), one)).findFirst();
    return against.map(one -> "the order is " + one + " by now").orElse("");
  }

  /** Nothing is sent. */
  Settlement dropped(Attempt attempt, String why) {
    return done(attempt, connection -> marks.dropped(connection, attempt.row(), why));
  }

  /** Whether the text may be sent as it came out, with all values in it. */
  Decision words(Attempt attempt, Messages.Message message) {
    String text = message.body().get("title") + "\n" + message.body().get("text");
    Gate gate = attempt.outgoing().gate();
    return new Guard(rules.now().policy()).words(attempt.row().channel(), gate.content(), text);
  }

  /** Not sent, by a rule. */
  Settlement suppressed(Attempt attempt, String rule) {
    return done(attempt, connection -> marks.suppressed(connection, attempt.row(), rule));
  }

  private static Settlement done(Attempt attempt, Settlement.Along follows) {
    return Settlement.done(attempt.item(), false, attempt.took())
        .with(SendMarks.inTurn(attempt.row(), true, follows));
  }

  /**
   * @param message null when none could be made
   */
  Settlement ended(Attempt attempt, Messages.Message message, Outcome outcome) {
    meter.tried(attempt.row().channel(), attempt.vendor().connection(), outcome.kind());
    return switch (outcome.kind()) {
      case TAKEN -> taken(attempt, message, outcome, false);
      case REFUSED -> refused(attempt, outcome);
      case AWAY -> away(attempt, message, outcome);
      case NOT_YET -> {
        if (attempt.doubt()) {
          yield later(attempt, message, outcome, true);
        }
        boolean change = outcome.pause().compareTo(ALTERNATIVE_AFTER) > 0 && next(attempt) != null;
        yield change || attempt.item().attempts() >= TURNS_MAX
            ? away(attempt, message, outcome)
            : Settlement.again(
                attempt.item(), outcome.cause(), outcome.why(), outcome.pause(), attempt.took());
      }
      case DOUBT ->
          attempt.vendor().doubt() == Vendor.Doubt.WAIT
              ? taken(attempt, message, outcome, true)
              : later(attempt, message, outcome, true);
    };
  }

  Settlement taken(Attempt attempt, Messages.Message message, Outcome outcome, boolean doubt) {
    Instant now = clock.instant();
    Rendered rendered = message.rendered();
    SendMarks.Taken taken =
        new SendMarks.Taken(
            attempt.row(),
            attempt.vendor().connection(),
            outcome.ref() == null ? message.id() : outcome.ref(),
            now.plus(attempt.outgoing().gate().receiptWithin()),
            attempt.vendor().pull() == null ? null : now.plus(attempt.vendor().pull()),
            rendered == null ? null : rendered.template(),
            rendered == null ? null : rendered.version(),
            doubt,
            doubt ? outcome : null);
    return Settlement.done(attempt.item(), false, attempt.took())
        .with(
            SendMarks.inTurn(
                attempt.row(), false, connection -> marks.taken(connection, taken, now)));
  }

  /** The vendor says by itself that it took the message and that it arrived. */
  Settlement delivered(Attempt attempt, Messages.Message message, Outcome outcome) {
    Instant now = clock.instant();
    String ref = outcome.ref() == null ? message.id() : outcome.ref();
    Receipt told = new Receipt(ref, null, Receipts.State.DELIVERED, now, "", "", null);
    Settlement.Along taken = taken(attempt, message, outcome, false).along();
    return done(
        attempt,
        connection -> {
          taken.write(connection);
          Receipts.take(connection, attempt.vendor().connection(), List.of(told), now);
        });
  }

  // Nothing makes this vendor take it: the channel is over, its cause is kept.
  Settlement refused(Attempt attempt, Outcome outcome) {
    Instant now = clock.instant();
    return done(attempt, connection -> marks.failed(connection, attempt.row(), outcome, now));
  }

  private Settlement away(Attempt attempt, Messages.Message message, Outcome outcome) {
    Vendor other = attempt.doubt() ? null : next(attempt);
    if (other == null) {
      return later(attempt, message, outcome, attempt.doubt());
    }
    Sending.Row row = attempt.row();
    Draft draft =
        new Draft(
            Notices.queueOf(other.connection()),
            attempt.item().lane(),
            row.id(),
            row.gateAt(),
            attempt.item().what().subject(),
            attempt.item().what().key(),
            attempt.item().what().payload());
    SendMarks.Again again =
        new SendMarks.Again(
            row,
            "QUEUED",
            other.connection(),
            clock.instant().plus(NoticeSql.WATCHED),
            row.tries(),
            gone(attempt),
            false,
            outcome);
    return Settlement.done(attempt.item(), false, attempt.took())
        .with(
            SendMarks.inTurn(
                row,
                false,
                connection -> {
                  if (marks.again(connection, again)) {
                    queue.put(connection, List.of(draft));
                  }
                }));
  }

  // All vendors of the channel were tried in vain, or nobody but this one may be asked again.
  Settlement later(Attempt attempt, Messages.Message message, Outcome outcome, boolean doubt) {
    Sending.Row row = attempt.row();
    List<Duration> waits = rules.now().retry();
    Instant now = clock.instant();
    if (row.tries() >= waits.size() || attempt.byHand()) {
      return Settlement.dead(
              attempt.item(),
              outcome.cause(),
              outcome.place(),
              "given up after %d tries: %s".formatted(row.tries() + 1, outcome.why()),
              message.bytes(),
              attempt.took())
          .with(
              SendMarks.inTurn(
                  row, true, connection -> marks.failed(connection, row, outcome, now)));
    }
    Duration wait = waits.get(row.tries());
    Instant due = now.plus(wait.compareTo(outcome.pause()) > 0 ? wait : outcome.pause());
    String vendor = doubt ? attempt.vendor().connection() : first(attempt).connection();
    SendMarks.Again again =
        new SendMarks.Again(row, "PLANNED", vendor, due, row.tries() + 1, "", doubt, outcome);
    return Settlement.done(attempt.item(), false, attempt.took())
        .with(SendMarks.inTurn(row, false, connection -> marks.again(connection, again)));
  }

  /** What follows when processes died with it again and again; nothing of it is loaded. */
  Settlement killed(Item item, Settlement dead) {
    Instant now = clock.instant();
    return dead.with(connection -> marks.killed(connection, item, dead.why(), now));
  }

  private static String gone(Attempt attempt) {
    Set<String> gone = new TreeSet<>(attempt.row().away());
    gone.add(attempt.vendor().connection());
    return String.join(",", gone);
  }

  /** The vendor that takes over; null when there is none left in this try. */
  private Vendor next(Attempt attempt) {
    return vendors.of(attempt.row().channel()).stream()
        .filter(one -> attempt.outgoing().contacts().containsKey(one.contact()))
        .filter(one -> !one.connection().equals(attempt.vendor().connection()))
        .filter(one -> !attempt.row().away().contains(one.connection()))
        .findFirst()
        .orElse(null);
  }

  private Vendor first(Attempt attempt) {
    return vendors.of(attempt.row().channel()).stream()
        .filter(one -> attempt.outgoing().contacts().containsKey(one.contact()))
        .findFirst()
        .orElse(attempt.vendor());
  }
}
