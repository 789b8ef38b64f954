package io.orderbridge.passport;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Wording;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Delivery.State;
import java.time.Duration;
import java.util.Optional;

/** A target does not answer, or cannot now: what it is owed is tried again, or was given up. */
final class TargetDown implements Explanation {
  // A breaker rests for half a minute and lets one attempt pass; a rate may take longer.
  private static final Duration UNTRIED = Duration.ofMinutes(5);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport.openDeliveries().stream()
        .filter(one -> isAway(passport, one))
        .findFirst()
        .map(one -> diagnosis(passport, one));
  }

  private static boolean isAway(Passport passport, Delivery one) {
    if (one.state() == State.DEAD) {
      return one.cause() == Cause.TARGET_BUSY || one.cause() == Cause.TARGET_UNREACHABLE;
    }
    return one.tries() > 0 || passport.isPast(one.owedAt(), UNTRIED);
  }

  private static Diagnosis diagnosis(Passport passport, Delivery one) {
    boolean dead = one.state() == State.DEAD;
    Wording since = Spans.between(one.owedAt(), passport.now());
    Wording text =
        dead
            ? Sentence.of(
                "%s 长时间无法连接，发给它的“%s”已在 %d 次尝试后放弃，进入死信。",
                "%s was away for so long that telling it (%s) was given up after %d tries; it lies"
                    + " in the dead letters.",
                one.target(),
                one.type(),
                one.tries())
            : one.tries() == 0
                ? Sentence.of(
                    "发给 %s 的“%s”已排队 %s，尚未轮到发送。",
                    "What %s is owed (%s) has waited for %s and was not sent yet.",
                    one.target(),
                    one.type(),
                    since)
                : Sentence.of(
                    "%s 暂时无法接收（%s），“%s”已重试 %d 次、历时 %s，系统会继续重试。",
                    "%s cannot be told now (%s): '%s' was tried %d times in %s and is tried again"
                        + " by itself.",
                    one.target(),
                    answer(one),
                    one.type(),
                    one.tries(),
                    since);
    return Diagnosis.stuck(
        Reason.TARGET_DOWN, dead ? Who.INTEGRATOR : Who.CLOCK, one.owedAt(), text, next(one, dead));
  }

  private static Object answer(Delivery one) {
    return one.status() != null ? "HTTP " + one.status() : String.valueOf(one.cause());
  }

  private static Wording next(Delivery one, boolean dead) {
    return dead
        ? Sentence.of(
            "确认 %s 恢复后，重放死信 %s。",
            "See that %s is back, then replay dead letter %s.", one.target(), one.letter())
        : Sentence.of(
            "联系 %s 的负责方恢复服务；恢复后自动补发。",
            "Tell whoever runs %s; once it is back, it is told by itself.", one.target());
  }
}
