package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderTrace.Parcel;
import java.util.Optional;
import java.util.stream.Collectors;

/** With the carrier: on its way, silent, or on the road for too long. */
final class OnTheRoad implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    boolean shipped = passport.is("SHIPPED");
    if (!shipped && !passport.is("IN_TRANSIT")) {
      return Optional.empty();
    }
    return Optional.of(
        !passport.isTooLong(passport.since())
            ? onItsWay(passport)
            : shipped ? silent(passport) : tooLong(passport));
  }

  private static Wording span(Passport passport) {
    return Spans.between(passport.since(), passport.now());
  }

  private static String numbers(Passport passport) {
    String numbers =
        passport.parcels().stream()
            .filter(parcel -> parcel.trackingNo() != null)
            .map(OnTheRoad::number)
            .collect(Collectors.joining(", "));
    return numbers.isEmpty() ? "" : " (" + numbers + ")";
  }

  private static String number(Parcel parcel) {
    return parcel.carrier() == null
        ? parcel.trackingNo()
        : parcel.carrier() + " " + parcel.trackingNo();
  }

  private static Diagnosis onItsWay(Passport passport) {
    boolean shipped = passport.is("SHIPPED");
    return Diagnosis.fine(
        Reason.ON_ITS_WAY,
        Who.CARRIER,
        passport.since(),
        shipped
            ? Sentence.of(
                "已出库 %s，等待承运商揽收%s。",
                "It left %s ago and is about to be picked up by the carrier%s.",
                span(passport),
                numbers(passport))
            : Sentence.of(
                "运输中，已 %s%s。",
                "It has been on its way for %s%s.", span(passport), numbers(passport)),
        Sentence.of("无需处理。", "Nothing."));
  }

  private static Diagnosis silent(Passport passport) {
    return Diagnosis.stuck(
        Reason.CARRIER_SILENT,
        Who.CARRIER,
        passport.since(),
        Sentence.of(
            "出库扫描已 %s，承运商仍没有揽收记录%s。",
            "It was scanned out %s ago, and the carrier has not picked it up%s.",
            span(passport),
            numbers(passport)),
        Sentence.of(
            "向承运商查询该单号；确认丢件则补发或退款。",
            "Ask the carrier for the number; if it is lost, send it again or pay it back."));
  }

  private static Diagnosis tooLong(Passport passport) {
    return Diagnosis.stuck(
        Reason.IN_TRANSIT_TOO_LONG,
        Who.CARRIER,
        passport.since(),
        Sentence.of(
            "运输已 %s 仍未签收%s。",
            "It has been on the road for %s and was not delivered%s.",
            span(passport),
            numbers(passport)),
        Sentence.of(
            "向承运商催查；必要时联系买家并补发或退款。",
            "Press the carrier; if need be speak to the buyer, and send it again or pay it back."));
  }
}
