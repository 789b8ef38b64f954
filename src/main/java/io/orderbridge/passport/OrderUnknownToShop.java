package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderTrace.Claim;
import io.orderbridge.payment.RecordsOfOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Only others name the order, usually a payment: the shop has not told of it. */
final class OrderUnknownToShop implements Explanation {
  // A payment may be told some seconds before its order.
  private static final Duration USUAL = Duration.ofMinutes(5);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    boolean silent = passport.order() == null && passport.notes().records().isEmpty();
    if (silent || passport.at(Milestone.CREATED).isPresent() || passport.isOver()) {
      return Optional.empty();
    }
    String tellers =
        Stream.concat(
                passport.claims().map(Claim::system),
                passport.notes().records().stream().map(RecordsOfOrder.Record::connection))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    Instant since = since(passport);
    String shops = String.join(", ", passport.shops());
    return Optional.of(
        new Diagnosis(
            passport.isPast(since, USUAL),
            Reason.ORDER_UNKNOWN_TO_SHOP,
            Who.OPERATIONS,
            Sentence.of(
                "只有 %s 提到过这个订单号，店铺%s %s 以来没有报告过这个订单。",
                "Only %s names this order; the shop%s has not told of it for %s.",
                tellers.isEmpty() ? new Wording("别的系统", "another system") : tellers,
                shops.isEmpty() ? "" : " (" + shops + ")",
                Spans.between(since, passport.now())),
            since,
            Sentence.of(
                "在店铺后台查这个订单号：存在则重新读取该时段，不存在则是错单或别店的付款，交财务处理。",
                "Look the number up in the shop: if it is there, read that period again; if not,"
                    + " the payment is another shop's or a mistake, and finance settles it.")));
  }

  private static Instant since(Passport passport) {
    return Stream.concat(
            passport.claims().map(Claim::at),
            passport.notes().records().stream().map(RecordsOfOrder.Record::at))
        .min(Instant::compareTo)
        .orElseGet(() -> passport.order().standing().createdAt());
  }
}
