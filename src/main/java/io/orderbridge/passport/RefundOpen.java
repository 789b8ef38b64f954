package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderTrace.Refund;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** A refund case is not over: who acts depends on its step. */
final class RefundOpen implements Explanation {
  private static final Map<String, String> ACTS =
      Map.of(
          "REQUESTED", Who.SERVICE,
          "AGREED", Who.FINANCE,
          "RETURNING", Who.BUYER,
          "RETURN_RECEIVED", Who.FINANCE,
          "REFUNDING", Who.PARTNER);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (passport.order() == null) {
      return Optional.empty();
    }
    return passport.order().refunds().stream()
        .filter(refund -> !refund.isOver())
        .min(Comparator.comparing(Refund::at))
        .map(refund -> diagnosis(passport, refund))
        .or(() -> notPaidBack(passport));
  }

  private static Diagnosis diagnosis(Passport passport, Refund refund) {
    boolean holds = passport.isUnshipped() || passport.is("PARTIALLY_SHIPPED");
    boolean stuck = holds || passport.isPast(refund.at(), Limits.REFUND);
    return new Diagnosis(
        stuck,
        Reason.REFUND_OPEN,
        ACTS.getOrDefault(refund.status(), Who.SERVICE),
        Sentence.of(
            "退款单 %s“%s”已 %s，尚未结束%s。",
            "The refund case %s is '%s' for %s and not over%s.",
            refund.id(),
            Names.refund(refund.status()),
            Spans.between(refund.at(), passport.now()),
            holds ? new Wording("，在此之前不应发货", "; nothing is to be shipped before") : ""),
        refund.at(),
        Sentence.of(
            "由%s推进退款单的下一步。",
            "Take the refund case one step on: that is with %s.",
            Names.who(ACTS.getOrDefault(refund.status(), Who.SERVICE))));
  }

  // Cancelled after it was paid, and nobody has spoken of the money.
  private static Optional<Diagnosis> notPaidBack(Passport passport) {
    Balance balance = Balance.of(passport.order());
    var cancelled = passport.at(Milestone.CANCELLED);
    boolean kept = passport.is("CANCELLED") && balance.kept() > 0;
    if (!kept || !passport.isPast(cancelled.orElse(null), Limits.REFUND)) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnosis.stuck(
            Reason.REFUND_OPEN,
            Who.FINANCE,
            cancelled.get(),
            Sentence.of(
                "订单已取消 %s，已付的 %s 没有退款记录。",
                "It was cancelled %s ago, and no refund of the %s that were paid is known.",
                Spans.between(cancelled.get(), passport.now()),
                balance.money(balance.kept())),
            Sentence.of(
                "在支付平台核对是否已退；未退则退款。",
                "See in the payment system whether it was paid back; if not, pay it back.")));
  }
}
