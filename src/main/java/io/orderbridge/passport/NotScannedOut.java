package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderTrace.Parcel;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Packed, and still in the house: within its time, or no longer. */
final class NotScannedOut implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (!passport.is("PACKED", "PARTIALLY_SHIPPED")) {
      return Optional.empty();
    }
    return passport.parcels().stream()
        .filter(NotScannedOut::isInside)
        .min(Comparator.comparing(parcel -> since(passport, parcel)))
        .map(parcel -> diagnosis(passport, parcel));
  }

  private static boolean isInside(Parcel parcel) {
    return parcel.milestones().keySet().stream()
        .noneMatch(reached -> reached.compareTo(Milestone.OUTBOUND_SCANNED) >= 0);
  }

  private static Instant since(Passport passport, Parcel parcel) {
    return parcel.milestones().getOrDefault(Milestone.PACKED, passport.since());
  }

  private static Diagnosis diagnosis(Passport passport, Parcel parcel) {
    Instant since = since(passport, parcel);
    var span = Spans.between(since, passport.now());
    if (!passport.isTooLong(since)) {
      return Diagnosis.fine(
          Reason.READY_TO_SHIP,
          Who.WAREHOUSE,
          since,
          Sentence.of(
              "包裹 %s 打包已 %s，等待出库。",
              "Parcel %s was packed %s ago and is about to leave.", parcel.id(), span),
          Sentence.of("无需处理。", "Nothing."));
    }
    return Diagnosis.stuck(
        Reason.NOT_SCANNED_OUT,
        Who.WAREHOUSE,
        since,
        Sentence.of(
            "包裹 %s 打包已 %s，仍没有出库扫描。",
            "Parcel %s was packed %s ago and was not scanned out.", parcel.id(), span),
        Sentence.of(
            "请仓库核实包裹是否已离库：已离库则补扫，未离库则尽快交运。",
            "Have the warehouse look whether it is still there: if so hand it over, if not scan"
                + " it."));
  }
}
