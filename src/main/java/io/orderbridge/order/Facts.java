package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one message says of one order.
 *
 * @param order which order
 * @param version time of the source's record; decides which details are newer. Null when the
 *     message has neither details nor receiver nor raw status
 * @param reached milestones
 * @param refunds states of refund cases
 * @param details currency, total, lines, note, tags; null when the message does not speak of them
 * @param receiver personal data, kept apart; null when the message does not speak of it
 * @param raw the system's own status code; null when it has none
 * @param forced words of a person against the systems
 */
record Facts(
    OrderKey order,
    Instant version,
    List<Reached> reached,
    List<RefundStep> refunds,
    Map<String, Object> details,
    Map<String, Object> receiver,
    String raw,
    List<Forced> forced) {

  /** What a system says, which forces nothing. */
  Facts(
      OrderKey order,
      Instant version,
      List<Reached> reached,
      List<RefundStep> refunds,
      Map<String, Object> details,
      Map<String, Object> receiver,
      String raw) {
    this(order, version, reached, refunds, details, receiver, raw, List.of());
  }

  /** What a person says. */
  static Facts forced(Forced forced) {
    return new Facts(forced.order(), null, List.of(), List.of(), null, null, null, List.of(forced));
  }

  /**
   * A milestone was reached.
   *
   * @param parcel empty unless the milestone belongs to a parcel
   * @param payment null unless the milestone is PAID and the message knows it
   * @param carrier null unless told
   * @param trackingNo null unless told
   */
  record Reached(
      Milestone milestone,
      Instant at,
      String parcel,
      Payment payment,
      String carrier,
      String trackingNo) {}

  /** A payment, by the payment system's own number. */
  record Payment(String id, Money amount) {}

  /** A refund case reached a status. */
  record RefundStep(String id, RefundStatus status, Money amount, Instant at) {}
}
