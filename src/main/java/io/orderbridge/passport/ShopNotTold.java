package io.orderbridge.passport;

import io.orderbridge.outbox.Deadlines;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The shop counts a late upload of the shipment as a violation, and time runs out or is over. */
final class ShopNotTold implements Explanation {
  private static final Set<String> CLOSE = Set.of("WARNED", "BREACHED");

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport.notes().deadlines().stream()
        .filter(deadline -> deadline.metAt() == null && !deadline.state().equals("VOID"))
        .filter(
            deadline ->
                CLOSE.contains(deadline.state()) || !deadline.dueAt().isAfter(passport.now()))
        .findFirst()
        .map(deadline -> diagnosis(passport, deadline));
  }

  private static Diagnosis diagnosis(Passport passport, Deadlines.Entry deadline) {
    boolean over = !deadline.dueAt().isAfter(passport.now());
    Instant since = over ? deadline.dueAt() : deadline.warnedAt();
    Object left =
        over
            ? Sentence.of("已超时 %s", "%s too late", Spans.between(deadline.dueAt(), passport.now()))
            : Sentence.of("还剩 %s", "%s left", Spans.between(passport.now(), deadline.dueAt()));
    boolean gone = passport.isGone();
    return Diagnosis.stuck(
        Reason.SHOP_NOT_TOLD,
        gone ? Who.INTEGRATOR : Who.WAREHOUSE,
        since,
        gone
            ? Sentence.of(
                "货已发出，但 %s 还没有收到发货通知，上传时限：%s。",
                "The goods have left, and %s was not told of it; time for the upload: %s.",
                deadline.target(),
                left)
            : Sentence.of(
                "货还没有发出，%s 的发货上传时限：%s。",
                "The goods have not left; time until %s has to be told: %s.",
                deadline.target(),
                left),
        gone
            ? Sentence.of(
                "查看 outbox:%s 中此订单的记录；必要时在店铺后台手工填写单号。",
                "See what outbox:%s did with this order; if need be enter the number in the shop by"
                    + " hand.",
                deadline.target())
            : Sentence.of("请仓库优先发出此订单。", "Have the warehouse ship this order first."));
  }
}
