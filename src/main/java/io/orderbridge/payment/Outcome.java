package io.orderbridge.payment;

import java.util.Locale;

/**
 * What is done about a difference. None of them moves money: what would is proposed, and waits for
 * a person.
 */
public enum Outcome {
  /** The order book is given what the payment system says, as its callback would have done. */
  RECORD,
  /**
   * The payment is recorded although it is not what the order costs: the order shows what differs,
   * and whoever ships holds it back.
   */
  HOLD,
  /** Nothing but the finding; tickets and alerts follow it. */
  TASK,
  /** Giving the money back is proposed. */
  REFUND_REQUEST,
  /** Opening the closed order again is proposed. */
  RESTORE;

  /** Its name in the file of rules, for example {@code refund-request}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it can only ever be proposed. */
  public boolean movesMoney() {
    return this == REFUND_REQUEST || this == RESTORE;
  }
}
