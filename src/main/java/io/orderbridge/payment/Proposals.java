package io.orderbridge.payment;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Who takes what must not be done without a person's approval. Every CDI bean of this type is
 * called, in batches of at most 1,000, in the transaction that writes the findings; the whole may
 * run again after a deadlock. The same proposal comes again with each run that still finds the
 * difference: what is known already, decided or not, must change nothing. It must not call another
 * system.
 */
public interface Proposals {
  /** What is proposed. */
  enum Kind {
    /** The order book is to be given the payment. */
    RECORD,
    /** Money is to be given back. */
    REFUND,
    /** A closed order is to be opened again. */
    RESTORE
  }

  /**
   * One proposal; kind and transaction name it.
   *
   * @param system the connection of the payment system
   * @param order null when the payment names none
   * @param transaction the payment system's number of the payment
   * @param amount to be given back, or of the payment
   * @param code the class of the difference
   * @param reason for people
   */
  record Proposal(
      Kind kind,
      String system,
      OrderKey order,
      String transaction,
      Money amount,
      String code,
      Wording reason) {}

  void propose(Connection connection, List<Proposal> proposals, Instant now) throws SQLException;
}
