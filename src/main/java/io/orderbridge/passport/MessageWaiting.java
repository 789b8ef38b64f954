package io.orderbridge.passport;

import io.orderbridge.inbox.MessageTrace.Arrived;
import io.orderbridge.kernel.Wording;
import io.orderbridge.work.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A message that names the order waits in the inbox, behind others: the clock applies it. */
final class MessageWaiting implements Explanation {
  // Applied within a second or two when nothing is wrong.
  static final Duration USUAL = Duration.ofMinutes(1);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport.mail().waiting().stream()
        .min(Comparator.comparing(Arrived::receivedAt))
        .map(message -> diagnosis(passport, message));
  }

  private static Diagnosis diagnosis(Passport passport, Arrived message) {
    Instant came = message.receivedAt();
    Wording text =
        Sentence.of(
            "%s 发来的一条与此订单有关的消息已等待 %s 未处理，收件箱中共有 %s 条消息在排队。",
            "A message of %s that names this order has waited for %s in the inbox, where %s"
                + " messages wait.",
            message.connection(),
            Spans.between(came, passport.now()),
            count(passport, message.connection()));
    return new Diagnosis(
        passport.isPast(came, USUAL), Reason.MESSAGE_WAITING, Who.CLOCK, text, came, next());
  }

  private static Object count(Passport passport, String connection) {
    Backlog.Waiting waiting = passport.mail().backlog().get(connection);
    return waiting == null ? 1 : Math.max(1, waiting.waiting());
  }

  static Wording next() {
    return new Wording(
        "系统会自动处理。若积压不减少，检查该连接的接收路由是否在运行（/q/health/ready）。",
        "It is applied by itself. If the backlog does not shrink, see whether the receiving route"
            + " of the connection runs (/q/health/ready).");
  }
}
