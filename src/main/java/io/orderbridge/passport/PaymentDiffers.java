package io.orderbridge.passport;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Milestone;
import java.util.Optional;
import java.util.Set;

/** What was paid is not what the order costs: nobody trusts a payment system's word alone. */
final class PaymentDiffers implements Explanation {
  private static final Set<String> CODES =
      Set.of("AMOUNT_DIFFERS", "CURRENCY_DIFFERS", "PARTIAL_PAYMENT", "OVERPAID");

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    Balance balance = Balance.of(passport.order());
    if (!balance.differs() || passport.is("CANCELLED")) {
      return passport
          .notes()
          .open(Finding.Kind.PAYMENT, CODES)
          .map(stored -> FindingOpen.told(Reason.PAYMENT_DIFFERS, stored));
    }
    Object paid =
        balance.payments().isEmpty()
            ? passport.order().payments().get(0).amount()
            : balance.money(balance.paid());
    return Optional.of(
        Diagnosis.stuck(
            Reason.PAYMENT_DIFFERS,
            Who.FINANCE,
            passport.at(Milestone.PAID).orElse(passport.since()),
            Sentence.of(
                "已付 %s，应付 %s，金额或币种不一致。",
                "%s was paid and the order costs %s: amount or currency differs.",
                paid,
                balance.total()),
            Sentence.of(
                "与支付平台和店铺核对，补收或退还差额；核实前不要发货。",
                "Compare with the payment system and the shop, and ask for or pay back the rest;"
                    + " do not ship before.")));
  }
}
