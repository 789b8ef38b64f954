package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderTrace.Parcel;
import java.time.Instant;
import java.util.Optional;

/** Packed or even gone without a tracking number: neither shop nor buyer can be told (R19). */
final class TrackingMissing implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (passport.isOver() || passport.is("DELIVERED")) {
      return Optional.empty();
    }
    return passport.parcels().stream()
        .filter(parcel -> parcel.trackingNo() == null)
        .filter(parcel -> isDue(passport, parcel))
        .findFirst()
        .map(parcel -> diagnosis(passport, parcel));
  }

  private static boolean isDue(Passport passport, Parcel parcel) {
    boolean gone = parcel.milestones().containsKey(Milestone.OUTBOUND_SCANNED);
    Instant packed = parcel.milestones().get(Milestone.PACKED);
    return gone || passport.isPast(packed, Limits.TRACKING);
  }

  private static Diagnosis diagnosis(Passport passport, Parcel parcel) {
    Instant scanned = parcel.milestones().get(Milestone.OUTBOUND_SCANNED);
    Instant since = scanned != null ? scanned : parcel.milestones().get(Milestone.PACKED);
    Object step = (scanned != null ? Milestone.OUTBOUND_SCANNED : Milestone.PACKED).said();
    return Diagnosis.stuck(
        Reason.TRACKING_NO_MISSING,
        Who.WAREHOUSE,
        since,
        Sentence.of(
            "包裹 %s “%s”已 %s，却没有物流单号，店铺和买家都无法得知。",
            "Parcel %s is '%s' for %s and has no tracking number: neither shop nor buyer can be"
                + " told.",
            parcel.id(),
            step,
            Spans.between(since, passport.now())),
        Sentence.of(
            "请仓库重新取号并上报；承运商接口取号失败时换承运商或手工录入。",
            "Have the warehouse get a number and report it; if the carrier gives none, take another"
                + " carrier or enter it by hand."));
  }
}
