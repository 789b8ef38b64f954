package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The warehouse knows of the order and has not packed it: within its time, or no longer. */
final class WarehouseSilent implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (!passport.is("PAID", "ACCEPTED")) {
      return Optional.empty();
    }
    Optional<Delivery> told = told(passport);
    Instant since =
        told.map(Delivery::lastTry)
            .filter(at -> passport.is("PAID") && at.isAfter(passport.since()))
            .orElse(passport.since());
    boolean late = passport.isTooLong(since);
    return Optional.of(late ? silent(passport, told, since) : inTime(passport, told, since));
  }

  // The first time counts: every later change of the order is told as well.
  private static Optional<Delivery> told(Passport passport) {
    Set<String> packers = passport.packers().stream().map(Target::name).collect(Collectors.toSet());
    return passport.wires().deliveries().stream()
        .filter(delivery -> packers.contains(delivery.target()) && delivery.isTold())
        .min(Comparator.comparing(Delivery::lastTry));
  }

  private static Diagnosis silent(Passport passport, Optional<Delivery> told, Instant since) {
    var span = Spans.between(since, passport.now());
    boolean accepted = passport.is("ACCEPTED");
    String name = told.map(Delivery::target).orElse(String.join(", ", passport.awaitedFrom()));
    return Diagnosis.stuck(
        Reason.WAREHOUSE_SILENT,
        Who.WAREHOUSE,
        since,
        accepted
            ? Sentence.of(
                "仓库 %s 接单已 %s，至今没有打包。",
                "The warehouse (%s) accepted the order %s ago and has not packed it.", name, span)
            : Sentence.of(
                "%s 收到订单已 %s，至今没有接单也没有打包。",
                "%s has known of the order for %s, and has neither accepted nor packed it.",
                name.isEmpty() ? new Wording("仓库", "The warehouse") : name,
                span),
        Sentence.of(
            "请仓库核实该单（缺货、地址、系统卡单），并在发货时限前处理。",
            "Have the warehouse look for it (stock, address, its own queue) and ship it in time."));
  }

  private static Diagnosis inTime(Passport passport, Optional<Delivery> told, Instant since) {
    Object left =
        passport
            .limits()
            .of(passport.status())
            .map(limit -> Spans.between(passport.now(), since.plus(limit)))
            .orElse(new Wording("不限", "no end"));
    return Diagnosis.fine(
        Reason.NOT_PACKED_YET,
        Who.WAREHOUSE,
        since,
        told.isPresent()
            ? Sentence.of(
                "%s 已收到订单，等待打包，剩余时限：%s。",
                "%s knows of the order and is to pack it; time left: %s.",
                told.get().target(),
                left)
            : Sentence.of(
                "订单已付款，等待仓库处理，剩余时限：%s。",
                "The order is paid and is to be packed; time left: %s.", left),
        Sentence.of("无需处理。", "Nothing."));
  }
}
