package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.books.Tolerance;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is compared of entries: amounts by currency, or pieces, which have none. */
record JudgeMeasure(boolean quantity, Tolerance tolerance) {
  /** The order of the files, whatever order entries are given in. */
  static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::snapshot).thenComparingInt(Line::place);

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  /** An amount that is not told counts nothing. */
  long of(Line line) {
    Long value = quantity ? line.quantity() : line.minor();
    return value == null ? 0 : value;
  }

  /** Empty for pieces, and for an entry without an amount. */
  String currency(Line line) {
    return quantity || line.currency() == null ? "" : line.currency();
  }

  long sum(List<Line> lines) {
    return sum(lines, line -> true);
  }

  long sum(List<Line> lines, Predicate<Line> which) {
    long sum = 0;
    for (Line line : lines) {
      if (which.test(line)) {
        sum = Math.addExact(sum, of(line));
      }
    }
    return sum;
  }

  /** By currency; one that comes to nothing is not among them. */
  SortedMap<String, Long> sums(List<Line> lines) {
    SortedMap<String, Long> sums = new TreeMap<>();
    for (Line line : lines) {
      sums.merge(currency(line), of(line), Math::addExact);
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  /** Whether a difference is nobody's work: strictly below the limit, of the left sum. */
  boolean tolerates(long difference, long left) {
    BigInteger gap = BigInteger.valueOf(difference).abs();
    boolean below = gap.compareTo(BigInteger.valueOf(tolerance.minor())) < 0;
    BigInteger share = BigInteger.valueOf(left).abs();
    boolean belowShare =
        gap.multiply(MILLION).compareTo(share.multiply(BigInteger.valueOf(tolerance.millionths())))
            < 0;
    return tolerance.both() ? below && belowShare : below || belowShare;
  }

  static EntryKind kind(Line line) {
    return line.kind() == null ? EntryKind.SALE : line.kind();
  }

  static boolean isRefund(Line line) {
    return line.kind() == EntryKind.REFUND;
  }

  static boolean isFee(Line line) {
    return line.kind() == EntryKind.FEE;
  }

  static boolean isPart(Line line) {
    return !isRefund(line) && !isFee(line);
  }
}
