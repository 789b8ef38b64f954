package io.orderbridge.payment;

import io.orderbridge.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * What a payment system says of one payment or refund.
 *
 * @param id of the payment; {@code #} and its order while it has none
 * @param refund number of the refund; empty for a payment
 * @param shop empty, with the number, when it names no order
 * @param state one of {@link Kind#states}
 * @param at since when, by the payment system's word
 */
record Transaction(
    Kind kind,
    String id,
    String refund,
    String shop,
    String number,
    Money amount,
    String state,
    Instant at) {

  /** Payments and refunds, and their states; of two words at once the later state is the newer. */
  enum Kind {
    /** REFUNDED: paid and given back, in part or whole, where no refund is named. */
    PAYMENT(List.of("UNPAID", "FAILED", "CLOSED", "PAID", "REFUNDED")),
    /** As the order book has them. */
    REFUND(
        List.of(
            "REQUESTED",
            "AGREED",
            "RETURNING",
            "RETURN_RECEIVED",
            "REJECTED",
            "CLOSED",
            "REFUNDING",
            "REFUNDED"));

    private final List<String> states;

    Kind(List<String> states) {
      this.states = states;
    }

    List<String> states() {
      return states;
    }
  }

  private static final List<String> PAID = List.of("PAID", "REFUNDED");

  /** Whether money came, so that the payment has a number of its own. */
  static boolean paid(String state) {
    return PAID.contains(state);
  }

  int rank() {
    return kind.states().indexOf(state);
  }
}
