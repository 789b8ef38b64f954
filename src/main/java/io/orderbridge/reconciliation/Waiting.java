package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * While a book of the period is not there yet, what it may still bring is no break of anybody: it
 * waits. For a run.
 *
 * @param left whether a book of the left side is missing
 * @param right whether one of the right side is
 */
record Waiting(boolean left, boolean right, List<String> missing) {
  static final String RULE = "awaited";

  private static final Set<BreakClass> BY_ABSENCE =
      EnumSet.of(
          BreakClass.MISSING_LEFT,
          BreakClass.MISSING_RIGHT,
          BreakClass.RETURN_NOT_OFFSET,
          BreakClass.AMOUNT,
          BreakClass.QUANTITY,
          BreakClass.FEE,
          BreakClass.SPLIT,
          BreakClass.CROSS_PERIOD);

  static Waiting of(Reconciliation what, Run.Inputs inputs) {
    List<String> missing =
        inputs.missing().stream().map(one -> one.substring(0, one.indexOf('@'))).toList();
    return new Waiting(
        missing.stream().anyMatch(what.left().books()::contains),
        missing.stream().anyMatch(what.right().books()::contains),
        inputs.missing());
  }

  /** The item, or the same as unsettled when a book that is missing may clear it. */
  Item seen(Item item) {
    if (item.outcome() != Outcome.BREAK || !BY_ABSENCE.contains(item.kind()) || !waits(item)) {
      return item;
    }
    String books = String.join(", ", missing);
    return new Item(
        item.outcome(),
        BreakClass.UNSETTLED,
        RULE,
        item.key(),
        item.left(),
        item.right(),
        true,
        Wording.of(
            "尚待 %1$s 到账后判定(目前看来:%2$s)。",
            "It waits for %1$s; as it looks now: %3$s.",
            books,
            item.kind().text().zh(),
            item.kind().text().en()));
  }

  // What is short on the side of the missing book: that book may bring the rest.
  private boolean waits(Item item) {
    boolean shortLeft =
        item.left().isEmpty() || total(item.left()).compareTo(total(item.right())) < 0;
    boolean shortRight =
        item.right().isEmpty() || total(item.right()).compareTo(total(item.left())) < 0;
    return left && (shortLeft || isReturn(item)) || right && (shortRight || isReturn(item));
  }

  private static boolean isReturn(Item item) {
    return item.kind() == BreakClass.RETURN_NOT_OFFSET;
  }

  private static BigInteger total(List<Line> lines) {
    return lines.stream()
        .map(line -> line.minor() == null ? line.quantity() : line.minor())
        .filter(Objects::nonNull)
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
