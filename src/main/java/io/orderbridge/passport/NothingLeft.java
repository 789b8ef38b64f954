package io.orderbridge.passport;

import java.util.Optional;

/** The order is where it should be, and nobody has to act. */
final class NothingLeft implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    var span = Spans.between(passport.since(), passport.now());
    var nothing = Sentence.of("无需处理。", "Nothing.");
    return switch (passport.status()) {
      case "DELIVERED" ->
          Optional.of(
              Diagnosis.fine(
                  Reason.DELIVERED,
                  Who.BUYER,
                  passport.since(),
                  Sentence.of(
                      "已签收 %s，等待买家确认收货。", "It was delivered %s ago; the buyer has it.", span),
                  nothing));
      case "COMPLETED" ->
          Optional.of(
              Diagnosis.fine(
                  Reason.COMPLETED,
                  Who.NOBODY,
                  passport.since(),
                  Sentence.of("订单已完成。", "The order is completed."),
                  nothing));
      case "CANCELLED" ->
          Optional.of(
              Diagnosis.fine(
                  Reason.CANCELLED,
                  Who.NOBODY,
                  passport.since(),
                  Sentence.of("订单已取消。", "The order is cancelled."),
                  nothing));
      default -> Optional.empty();
    };
  }
}
