package io.orderbridge.reconciliation;

import io.orderbridge.books.Counting;
import io.orderbridge.books.EntryPool;
import io.orderbridge.books.Matching;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A run of a report.
 *
 * @param what by the rules that it had
 * @param left the definition of what counts on that side; null when everything does
 * @param right likewise
 * @param last whether what it left open is not in a later run of the report
 */
record ReportPart(Run run, Reconciliation what, Definition left, Definition right, boolean last) {
  /** The side of what was sold, or its other one. */
  enum Hand {
    LEFT("L"),
    RIGHT("R");

    private final String letter;

    Hand(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }
  }

  Definition definition(Hand hand) {
    return hand == Hand.LEFT ? left : right;
  }

  /** What is added up: money, or pieces. */
  Counting.Of measure() {
    return what.compare() == Reconciliation.Compare.QUANTITY
        ? Counting.Of.QUANTITY
        : Counting.Of.AMOUNT;
  }

  EntryPool pool(Connection connection, Hand hand) throws SQLException {
    Run.Inputs inputs = run.inputs();
    return new EntryPool(
        connection,
        new EntryPool.Of(
            run.id(),
            hand.letter(),
            hand == Hand.LEFT ? inputs.left() : inputs.right(),
            inputs.carriedFrom()));
  }

  /** What of a side the run did not look at. */
  EntryPool.Cut cut(Hand hand) {
    Definition definition = definition(hand);
    Reconciliation.Side side = hand == Hand.LEFT ? what.left() : what.right();
    return new EntryPool.Cut(
        definition == null ? null : definition.counting().counts(),
        side.basis(),
        what.every() == Reconciliation.Every.DAY
            ? null
            : new Matching.Period(
                run.of().from().atStartOfDay(what.zone()).toInstant(),
                run.of().to().plusDays(1).atStartOfDay(what.zone()).toInstant()));
  }
}
