package io.orderbridge.passport;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which explanation counts, the most specific first: what was refused, then money, then what people
 * decided, then the wires on which a word should have come, then words that contradict, and only
 * then that somebody is silent. What makes the order stand goes before what only waits.
 */
final class Explanations {
  private static final List<Explanation> IN_ORDER =
      List.of(
          new MessageDead(),
          new MessageWaiting(),
          new PaidAfterCancel(),
          new PaidTwice(),
          new PaymentDiffers(),
          new PaymentCallbackLost(),
          new ForcedBack(),
          new OnHold(),
          new RefundOpen(),
          new TokenExpired(),
          new TargetRefused(),
          new TargetResting(),
          new TargetDown(),
          new SourceBehind(),
          new InboxBacklog(),
          new OrderUnknownToShop(),
          new Contradicted(),
          new WaitingForPayment(),
          new NeedsMissing(),
          new TargetNotOwed(),
          new TrackingMissing(),
          new WarehouseSilent(),
          new NotScannedOut(),
          new ShopNotTold(),
          new OnTheRoad(),
          new FindingOpen(),
          new NothingLeft());

  private Explanations() {}

  /**
   * The sentence of the order, and what else holds it up.
   *
   * @param first the explanation that counts
   * @param also further ones that make the order stand, in their order
   */
  record Told(Diagnosis first, List<Diagnosis> also) {}

  static Told of(Passport passport) {
    List<Diagnosis> all =
        IN_ORDER.stream().map(one -> one.of(passport)).flatMap(Optional::stream).toList();
    List<Diagnosis> stuck = new ArrayList<>(all.stream().filter(Diagnosis::stuck).toList());
    Diagnosis first =
        !stuck.isEmpty()
            ? stuck.remove(0)
            : all.stream().findFirst().orElseGet(() -> unknown(passport));
    // Findings stand in the passport by themselves; as a cause they count only where no other does.
    stuck.removeIf(also -> also.cause() == first.cause() || also.cause() == Reason.FINDING_OPEN);
    return new Told(first, stuck);
  }

  // Nobody whose word counts has spoken, and nothing is wrong that we know of.
  private static Diagnosis unknown(Passport passport) {
    Instant since = passport.since();
    return Diagnosis.fine(
        Reason.ORDER_UNKNOWN_TO_SHOP,
        Who.CLOCK,
        since,
        Sentence.of(
            "有权确认的系统还没有报告过这个订单。", "No system whose word counts has told of this order yet."),
        Sentence.of("等待来源系统的消息。", "Wait for the word of its shop."));
  }
}
