package io.orderbridge.passport;

import java.util.Optional;

/** The shop asked to hold the order back. */
final class OnHold implements Explanation {
  private static final String HOLD = "hold";

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    String hold = passport.order() == null ? null : passport.order().tags().get(HOLD);
    if (hold == null || hold.isBlank() || !passport.isUnshipped()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnosis.stuck(
            Reason.HOLD,
            Who.OPERATIONS,
            passport.since(),
            Sentence.of(
                "店铺要求暂不发货（%s），仓库因此不会发出。",
                "The shop asks not to ship it yet (%s), so the warehouse holds it.", hold),
            Sentence.of(
                "在店铺后台处理暂停原因；解除后订单自动继续。",
                "Settle the reason in the shop; once it is lifted there, the order goes on by"
                    + " itself.")));
  }
}
