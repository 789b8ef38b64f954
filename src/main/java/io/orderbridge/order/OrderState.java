package io.orderbridge.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all facts of an order come to, as it is stored. Holds no personal data: of the receiver only
 * a hash, to tell two versions apart. Times are milliseconds since 1970; all maps are sorted, so
 * equal states have equal JSON.
 *
 * @param claims per milestone (and parcel: {@code PACKED@1}) who said so, and when it happened
 * @param payments by the payment system's number
 * @param parcels by parcel
 * @param refunds by refund case
 * @param raw each system's own status code
 * @param forced per milestone (and parcel) the newest word of a person; absent in older rows
 */
@RegisterForReflection
record OrderState(
    TreeMap<String, TreeMap<String, Long>> claims,
    TreeMap<String, PaymentState> payments,
    TreeMap<String, ParcelState> parcels,
    TreeMap<String, RefundState> refunds,
    TreeMap<String, Versioned> raw,
    TreeMap<String, Versioned> documents,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) TreeMap<String, ForcedState> forced) {

  OrderState {
    forced = forced == null ? new TreeMap<>() : forced;
  }

  static final String DETAILS = "details";
  static final String RECEIVER = "receiver";

  static OrderState empty() {
    return new OrderState(
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /** A payment; amount is decimal text. */
  @RegisterForReflection
  record PaymentState(long at, String system, String amount, String currency) {}

  /** What each system said last of a parcel's carrier, and of its tracking number. */
  @RegisterForReflection
  record ParcelState(TreeMap<String, Word> carrier, TreeMap<String, Word> trackingNo) {
    static ParcelState empty() {
      return new ParcelState(new TreeMap<>(), new TreeMap<>());
    }
  }

  /** What was said, and of when. */
  @RegisterForReflection
  record Word(long at, String text) {}

  /**
   * A refund case: when it reached each status, and the newest word on its amount; both empty when
   * nobody named one.
   */
  @RegisterForReflection
  record RefundState(
      TreeMap<RefundStatus, Long> steps, long at, String system, String amount, String currency) {}

  /** What a person forced, see {@link Forced}. */
  @RegisterForReflection
  record ForcedState(long version, Forced.Says says, long at, String by, String reason) {}

  /** A value of which the newest version counts. */
  @RegisterForReflection
  record Versioned(long at, String system, String text, Map<String, Object> value) {}
}
