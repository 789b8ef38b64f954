package io.orderbridge.passport;

import io.orderbridge.kernel.Cause;
import io.orderbridge.outbox.Delivery;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A target refused what it is owed, or it could not be put into its words: a person mends it. */
final class TargetRefused implements Explanation {
  // Given up after days of trying: the target was away, and did not refuse.
  static final Set<Cause> AWAY =
      EnumSet.of(Cause.TARGET_BUSY, Cause.TARGET_UNREACHABLE, Cause.TOKEN_EXPIRED);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport.openDeliveries().stream()
        .filter(one -> one.state() == Delivery.State.DEAD && !AWAY.contains(one.cause()))
        .findFirst()
        .map(one -> diagnosis(passport, one));
  }

  private static Diagnosis diagnosis(Passport passport, Delivery one) {
    String status = one.status() == null ? "" : " " + one.status();
    return Diagnosis.stuck(
        Reason.TARGET_REFUSED,
        one.cause() == Cause.TARGET_REFUSED ? Who.OPERATIONS : Who.INTEGRATOR,
        one.lastTry() == null ? one.owedAt() : one.lastTry(),
        Sentence.of(
            "发给 %s 的“%s”被拒绝（%s%s），已进入死信，%s 不知道订单的最新状态。",
            "What %s was to be told (%s) was refused (%s%s) and lies in the dead letters: %s does"
                + " not know how the order stands.",
            one.target(),
            one.type(),
            one.cause(),
            status,
            one.target()),
        Sentence.of(
            "查看死信 %s 中对方的回答，修正后重放。",
            "Read the answer in dead letter %s, mend what it says, replay it.", one.letter()));
  }
}
