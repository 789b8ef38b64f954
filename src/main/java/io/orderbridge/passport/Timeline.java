package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderTrace.Said;
import io.orderbridge.order.OrderTrace.Step;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.passport.Moment.Kind;
import io.orderbridge.passport.Moment.Tone;
import io.orderbridge.ticket.Tickets;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.WorkTrace.Buried;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that happened around an order, of all sources, in the order of time. */
final class Timeline {
  private static final int MAX = 1_000;
  // Heard of so much later it is worth saying.
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Passport passport;
  private final List<Moment> moments = new ArrayList<>();

  private Timeline(Passport passport) {
    this.passport = passport;
  }

  /** The oldest first; of more than a thousand the newest thousand. */
  static List<Moment> of(Passport passport) {
    Timeline timeline = new Timeline(passport);
    timeline.messages();
    timeline.facts();
    timeline.events();
    timeline.deliveries();
    timeline.deadlines();
    timeline.moments.addAll(NoticesShown.moments(passport.notes().notices()));
    timeline.shown();
    timeline.records();
    timeline.findings();
    timeline.tickets();
    timeline.moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::kind));
    int from = Math.max(0, timeline.moments.size() - MAX);
    return List.copyOf(timeline.moments.subList(from, timeline.moments.size()));
  }

  private void add(Instant at, Kind kind, String source, Tone tone, Wording text) {
    moments.add(new Moment(at, null, kind, source, text, tone));
  }

  private void messages() {
    passport
        .mail()
        .arrived()
        .forEach(
            message ->
                add(
                    message.receivedAt(),
                    Kind.MESSAGE,
                    message.connection(),
                    Tone.QUIET,
                    Sentence.of("收到消息 %s", "message %s", named(message.kind(), message.id()))));
    passport
        .mail()
        .waiting()
        .forEach(
            message ->
                add(
                    message.receivedAt(),
                    Kind.MESSAGE,
                    message.connection(),
                    Tone.BAD,
                    Sentence.of(
                        "消息 %s 在等待处理",
                        "message %s waits to be applied", named(message.kind(), message.id()))));
    passport.mail().dead().forEach(this::letter);
    passport.mail().buried().forEach(this::letter);
  }

  private static String named(String kind, long id) {
    return kind.isEmpty() ? "#" + id : kind + " #" + id;
  }

  private void letter(Buried buried) {
    DeadLetter letter = buried.letter();
    String source = letter.queue().substring(letter.queue().indexOf(':') + 1);
    add(
        letter.diedAt(),
        Kind.DEAD_LETTER,
        source,
        Tone.BAD,
        Sentence.of(
            "进入死信 %d：%s %s", "dead letter %d: %s %s", letter.id(), letter.cause(), letter.place()));
    if (letter.settledAt() != null) {
      add(
          letter.settledAt(),
          Kind.DEAD_LETTER,
          source,
          Tone.PLAIN,
          Sentence.of("死信 %d：%s", "dead letter %d: %s", letter.id(), letter.state()));
    }
  }

  // A fact that a source tells again each night happened once.
  private void facts() {
    if (passport.order() == null) {
      return;
    }
    Set<String> known = new HashSet<>();
    for (Said said : passport.order().history()) {
      for (Step step : said.facts()) {
        String word = said.system() + "|" + step.what() + "|" + step.of() + "|" + step.at();
        if (step.forced() != null || known.add(word)) {
          fact(said, step);
        }
      }
    }
  }

  private void fact(Said said, Step step) {
    boolean forced = step.forced() != null;
    boolean late = said.recordedAt().isAfter(step.at().plus(LATE));
    moments.add(
        new Moment(
            forced ? said.recordedAt() : step.at(),
            late && !forced ? said.recordedAt() : null,
            forced ? Kind.FORCED : Kind.FACT,
            said.system(),
            forced ? forced(step) : what(step),
            forced ? Tone.BAD : Tone.GOOD));
  }

  private static Wording what(Step step) {
    if (step.what().startsWith("REFUND ")) {
      return Sentence.of(
          "退款 %s：%s",
          "refund %s: %s", step.of(), Names.refund(step.what().substring("REFUND ".length())));
    }
    Wording milestone = Milestone.valueOf(step.what()).said();
    return step.of().isEmpty()
        ? milestone
        : Sentence.of("%s（包裹 %s）", "%s (parcel %s)", milestone, step.of());
  }

  private static Wording forced(Step step) {
    return switch (step.forced()) {
      case "REACHED" -> Sentence.of("人工强制：%s", "forced by a person: %s", what(step));
      case "NOT_REACHED" -> Sentence.of("人工强制撤回：%s", "taken back by a person: %s", what(step));
      default -> Sentence.of("撤销强制：%s", "forced word withdrawn: %s", what(step));
    };
  }

  private void events() {
    if (passport.order() != null) {
      passport
          .order()
          .events()
          .forEach(
              event ->
                  add(
                      event.at(),
                      Kind.EVENT,
                      "orderbridge",
                      Tone.QUIET,
                      Sentence.of("%s %s", "%s %s", event.type(), event.change())));
    }
  }

  private void deliveries() {
    for (Delivery one : passport.wires().deliveries()) {
      Instant at = one.lastTry() == null ? one.owedAt() : one.lastTry();
      add(at, Kind.DELIVERY, one.target(), tone(one), delivery(one));
    }
  }

  private static Tone tone(Delivery one) {
    boolean sent = one.state() != Delivery.State.DELIVERED || one.isTold();
    return !sent ? Tone.QUIET : one.isOpen() && one.tries() > 0 ? Tone.BAD : Tone.PLAIN;
  }

  private static Wording delivery(Delivery one) {
    Object status = one.status() == null ? "" : " HTTP " + one.status();
    Object cause = one.cause() == null ? "" : " " + one.cause();
    return switch (one.state()) {
      case DELIVERED ->
          one.isTold()
              ? Sentence.of(
                  "已告知 %s（%s，第 %d 次）",
                  "told %s (%s, try %d)", one.type(), status.toString().strip(), one.tries())
              : Sentence.of("%s：无需发送", "%s: nothing to send", one.type());
      case WAITING ->
          Sentence.of(
              "待发送 %s（已试 %d 次%s%s）",
              "owed %s (%d tries%s%s)", one.type(), one.tries(), cause, status);
      case DEAD ->
          Sentence.of(
              "%s 进入死信 %d：%s%s",
              "%s lies in dead letter %d:%s%s", one.type(), one.letter(), cause, status);
      case SETTLED -> Sentence.of("%s：已了结", "%s: settled", one.type());
    };
  }

  private void deadlines() {
    for (Deadlines.Entry deadline : passport.notes().deadlines()) {
      deadline(deadline, deadline.warnedAt(), Tone.BAD, "发货上传临近时限", "upload deadline comes near");
      deadline(deadline, deadline.breachedAt(), Tone.BAD, "发货上传超时", "upload deadline passed");
      deadline(deadline, deadline.metAt(), Tone.GOOD, "店铺已收到发货", "the shop knows of the shipment");
    }
  }

  private void deadline(Deadlines.Entry deadline, Instant at, Tone tone, String zh, String en) {
    if (at != null) {
      add(at, Kind.DEADLINE, deadline.target(), tone, new Wording(zh, en));
    }
  }

  private void shown() {
    passport
        .notes()
        .shown()
        .forEach(
            shown ->
                add(
                    shown.readAt(),
                    Kind.READ,
                    shown.system(),
                    Tone.QUIET,
                    Sentence.of(
                        "读到状态 %s（%s）",
                        "shows %s (%s)", Names.status(shown.status()), shown.raw())));
  }

  private void records() {
    passport
        .notes()
        .records()
        .forEach(
            record ->
                add(
                    record.at(),
                    Kind.READ,
                    record.connection(),
                    Tone.QUIET,
                    Sentence.of(
                        "支付平台记录 %s：%s %s",
                        "payment record %s: %s %s",
                        record.refund().isEmpty() ? record.id() : record.refund(),
                        record.amount(),
                        record.state())));
  }

  private void findings() {
    passport
        .notes()
        .findings()
        .forEach(
            stored -> {
              String source = stored.finding().kind().name();
              add(stored.openedAt(), Kind.FINDING, source, Tone.BAD, stored.finding().text());
              if (stored.clearedAt() != null) {
                add(
                    stored.clearedAt(),
                    Kind.FINDING,
                    source,
                    Tone.GOOD,
                    Sentence.of("已消除：%s", "cleared: %s", stored.finding().code()));
              }
            });
  }

  private void tickets() {
    for (Tickets.Story story : passport.notes().tickets()) {
      String number = "#" + story.ticket().id();
      for (Tickets.Event event : story.events()) {
        add(
            event.at(),
            Kind.TICKET,
            event.owner(),
            Tone.PLAIN,
            Sentence.of("工单 %s：%s", "ticket %s: %s", number, event.what()));
      }
      for (Tickets.Comment comment : story.comments()) {
        add(
            comment.at(),
            Kind.TICKET,
            comment.author(),
            Tone.QUIET,
            Sentence.of("工单 %s：留言", "ticket %s: comment", number));
      }
    }
  }
}
