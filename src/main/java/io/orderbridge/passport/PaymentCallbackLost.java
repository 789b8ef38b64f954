package io.orderbridge.passport;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderTrace.Claim;
import io.orderbridge.payment.RecordsOfOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Somebody shows the order as paid, and the word that decides has not come: it was lost. */
final class PaymentCallbackLost implements Explanation {
  private static final Set<String> CODES = Set.of("LOST_CALLBACK");

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (passport.at(Milestone.PAID).isPresent() || passport.at(Milestone.CANCELLED).isPresent()) {
      return Optional.empty();
    }
    return told(passport)
        .or(() -> found(passport))
        .or(() -> shown(passport))
        .or(() -> claimed(passport));
  }

  // A list or a bill of the payment system.
  private static Optional<Diagnosis> told(Passport passport) {
    return passport.notes().records().stream()
        .filter(RecordsOfOrder.Record::isPaid)
        .filter(record -> passport.at(Milestone.CREATED).isPresent())
        .findFirst()
        .map(record -> diagnosis(passport, record.at(), record.connection()));
  }

  private static Optional<Diagnosis> found(Passport passport) {
    return passport
        .notes()
        .open(Finding.Kind.PAYMENT, CODES)
        .map(stored -> diagnosis(passport, stored.openedAt(), system(stored)));
  }

  // The scope of a check begins with its kind and its source: payment:<source>:<day>.
  private static String system(Findings.Stored stored) {
    String[] scope = stored.scope().split(":");
    return scope.length > 1 ? scope[1] : stored.scope();
  }

  // A payment system shows its own payments; a shop shows what it was told.
  private static Optional<Diagnosis> shown(Passport passport) {
    Set<String> paying = new TreeSet<>(passport.owners(Milestone.PAID));
    return passport.notes().shown().stream()
        .filter(shown -> shown.status().equals("PAID"))
        .filter(shown -> paying.contains(shown.system()))
        .findFirst()
        .map(
            shown ->
                diagnosis(
                    passport, shown.at() == null ? shown.readAt() : shown.at(), shown.system()));
  }

  private static Optional<Diagnosis> claimed(Passport passport) {
    return passport
        .claims()
        .filter(claim -> claim.milestone() == Milestone.PAID && !claim.decides())
        .findFirst()
        .map((Claim claim) -> diagnosis(passport, claim.at(), claim.system()));
  }

  private static Diagnosis diagnosis(Passport passport, Instant since, String system) {
    Set<String> owners = passport.owners(Milestone.PAID);
    return Diagnosis.stuck(
        Reason.PAYMENT_CALLBACK_LOST,
        Who.FINANCE,
        since,
        Sentence.of(
            "%s 显示此订单已付款，但 %s 的付款通知没有到达，订单仍是待付款。",
            "%s shows this order as paid, but the word of %s on the payment never came: it is still"
                + " waiting for payment here.",
            system,
            owners.isEmpty() ? system : String.join(", ", owners)),
        Sentence.of(
            "运行支付核验（或查询该笔付款），补回付款通知；无需联系买家。",
            "Run the verification of payments, or ask the payment system for this one: it brings"
                + " the word back. The buyer has nothing to do."));
  }
}
