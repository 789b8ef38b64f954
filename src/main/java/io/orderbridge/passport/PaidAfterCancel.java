package io.orderbridge.passport;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Milestone;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Money came for an order that was cancelled before, and is still here. */
final class PaidAfterCancel implements Explanation {
  private static final Set<String> CODES = Set.of("PAID_AFTER_CLOSE");

  // The payment system tells of it, and the order book does not know the payment.
  private static Diagnosis found(Findings.Stored stored) {
    return FindingOpen.told(Reason.PAID_AFTER_CANCEL, stored);
  }

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    Optional<Instant> cancelled = passport.at(Milestone.CANCELLED);
    Optional<Instant> paid = passport.at(Milestone.PAID);
    boolean after =
        cancelled.isPresent() && paid.isPresent() && paid.get().isAfter(cancelled.get());
    Balance balance = Balance.of(passport.order());
    boolean returned = balance.paid() > 0 && balance.kept() <= 0;
    if (!after || returned || passport.isGone()) {
      return passport.notes().open(Finding.Kind.PAYMENT, CODES).map(PaidAfterCancel::found);
    }
    String amount = balance.paid() > 0 ? " (" + balance.money(balance.kept()) + ")" : "";
    return Optional.of(
        Diagnosis.stuck(
            Reason.PAID_AFTER_CANCEL,
            Who.FINANCE,
            paid.get(),
            Sentence.of(
                "订单取消 %1$s 后又收到付款%2$s，这笔钱尚未退还。",
                "Money%2$s came %1$s after the order was cancelled, and has not been paid back.",
                Spans.between(cancelled.get(), paid.get()),
                amount),
            Sentence.of(
                "退款给买家；若买家仍要商品，请其重新下单。",
                "Pay it back; if the buyer still wants the goods, let him order again.")));
  }
}
