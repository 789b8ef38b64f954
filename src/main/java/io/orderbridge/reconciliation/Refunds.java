package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import java.util.List;

/**
 * What is left of an order, in whichever style its refunds are booked: as a document of their own
 * below zero, as a further amount of the row that they offset, or as a row that was lowered.
 */
final class Refunds {
  private Refunds() {}

  /**
   * In minor units of one currency, or in pieces.
   *
   * @param gross before refunds and fees, as far as the book tells them apart
   * @param refunds zero or below
   * @param fees zero or below
   */
  record Net(long gross, long refunds, long fees) {
    /** What both styles have to agree on. */
    long net() {
      return Math.addExact(Math.addExact(gross, refunds), fees);
    }
  }

  /** Each entry counts once. */
  static Net of(JudgeMeasure measure, List<Line> lines) {
    return new Net(
        measure.sum(lines, JudgeMeasure::isPart),
        measure.sum(lines, JudgeMeasure::isRefund),
        measure.sum(lines, JudgeMeasure::isFee));
  }

  /** Whether what was sold agrees, and only what came back differs; with its fees, if any. */
  static boolean explain(Net left, Net right) {
    return left.refunds() != right.refunds() && left.gross() == right.gross();
  }

  /**
   * Whether one side has taken them off twice: its original is lowered by just what its own
   * document takes off again, and the other side agrees with that document.
   */
  static boolean twice(Net one, Net other) {
    return one.refunds() != 0
        && one.refunds() == other.refunds()
        && one.fees() == other.fees()
        && one.gross() - other.gross() == one.refunds();
  }
}
