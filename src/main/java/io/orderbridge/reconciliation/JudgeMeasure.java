package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is compared of entries: amounts by currency, or pieces, which have none. */
record JudgeMeasure(boolean quantity) {
  /** The order of the files, whatever order entries are given in. */
  static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::snapshot).thenComparingInt(Line::place);

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
