package io.orderbridge.passport;

import java.util.Optional;

/** Not paid yet. */
final class WaitingForPayment implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (!passport.is("CREATED")) {
      return Optional.empty();
    }
    boolean late = passport.isTooLong(passport.since());
    return Optional.of(
        new Diagnosis(
            late,
            Reason.WAITING_FOR_PAYMENT,
            late ? Who.OPERATIONS : Who.BUYER,
            Sentence.of(
                "下单 %s，买家尚未付款。",
                "It was ordered %s ago, and the buyer has not paid.",
                Spans.between(passport.since(), passport.now())),
            passport.since(),
            late
                ? Sentence.of(
                    "提醒买家付款，或在店铺关闭订单。", "Remind the buyer, or close the order in the shop.")
                : Sentence.of("等待买家付款。", "Wait for the buyer.")));
  }
}
