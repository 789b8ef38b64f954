package io.orderbridge.passport;

import io.orderbridge.finding.Finding;
import io.orderbridge.order.OrderTrace.Payment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The buyer paid more than once, and the surplus is still here. */
final class PaidTwice implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    Balance balance = Balance.of(passport.order());
    if (!balance.isPaidTwice()) {
      return passport
          .notes()
          .open(Finding.Kind.PAYMENT, Set.of("PAID_TWICE"))
          .map(stored -> FindingOpen.told(Reason.PAID_TWICE, stored));
    }
    List<Payment> payments =
        balance.payments().stream().sorted(Comparator.comparing(Payment::at)).toList();
    Payment last = payments.get(payments.size() - 1);
    return Optional.of(
        Diagnosis.stuck(
            Reason.PAID_TWICE,
            Who.FINANCE,
            last.at(),
            Sentence.of(
                "此订单收到 %d 笔付款，共 %s，应付 %s；多收的 %s 尚未退还。",
                "%d payments came for this order, %s for %s; the surplus of %s has not been paid"
                    + " back.",
                payments.size(),
                balance.money(balance.paid()),
                balance.total(),
                balance.money(balance.kept() - balance.total().minor())),
            Sentence.of(
                "核对后退还其中一笔（例如 %s 的 %s）。",
                "Compare them, and pay one of them back (for example %s's %s).",
                last.system(),
                last.id())));
  }
}
