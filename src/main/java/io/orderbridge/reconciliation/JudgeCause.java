package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Why the sums of two sides differ, as far as their entries tell it. The sides have entries of one
 * currency, or none of it.
 */
final class JudgeCause {
  private final JudgeMeasure measure;
  private final String currency;
  private final List<Line> left;
  private final List<Line> right;
  private final long gap;
  private final Refunds.Net netLeft;
  private final Refunds.Net netRight;

  /** A class of difference, by which rule, and what of the entries tells it. */
  record Cause(BreakClass kind, String rule, Wording told) {}

  private record Same(EntryKind kind, long value, String sku) {}

  JudgeCause(JudgeMeasure measure, String currency, List<Line> left, List<Line> right) {
    this.measure = measure;
    this.currency = currency;
    this.left = left;
    this.right = right;
    this.gap = Math.subtractExact(measure.sum(left), measure.sum(right));
    this.netLeft = Refunds.of(measure, left);
    this.netRight = Refunds.of(measure, right);
  }

  /**
   * What certain entries explain to the cent, whether or not it is below the tolerance; or null.
   */
  Cause exact() {
    Cause cause = duplicate();
    if (cause == null) {
      cause = refund();
    }
    return cause == null && !measure.quantity() ? fee() : cause;
  }

  private Cause duplicate() {
    Wording told = repeats(left, right, gap, Explain.LEFT);
    if (told == null) {
      told = repeats(right, left, -gap, Explain.RIGHT);
    }
    if (told == null && Refunds.twice(netLeft, netRight)) {
      told = Explain.refundTwice(Explain.LEFT);
    }
    if (told == null && Refunds.twice(netRight, netLeft)) {
      told = Explain.refundTwice(Explain.RIGHT);
    }
    return told == null ? null : new Cause(BreakClass.DUPLICATE, "duplicate", told);
  }

  /** The side has too much by an entry that it repeats, once or several times. */
  private Wording repeats(List<Line> side, List<Line> other, long surplus, Wording name) {
    Map<Same, Integer> here = counts(side);
    Map<Same, Integer> there = counts(other);
    for (Map.Entry<Same, Integer> one : inOrder(here)) {
      long value = one.getKey().value();
      int extra = one.getValue() - Math.max(1, there.getOrDefault(one.getKey(), 0));
      if (value != 0 && surplus % value == 0) {
        long times = surplus / value;
        if (times >= 1 && times <= extra) {
          return Explain.repeats(currency, name, value, times);
        }
      }
    }
    return repeatsSet(here, there, surplus, name);
  }

  /**
   * An order of several lines that is there again: the entries that are repeated, as often as they
   * stand in it, are the surplus.
   */
  private Wording repeatsSet(
      Map<Same, Integer> here, Map<Same, Integer> there, long surplus, Wording name) {
    Map<Same, Integer> again = new HashMap<>(here);
    again.values().removeIf(count -> count == 1);
    int copies = again.values().stream().reduce(0, JudgeCause::divisor);
    long each = 0;
    int most = copies - 1;
    for (Map.Entry<Same, Integer> one : again.entrySet()) {
      int inCopy = one.getValue() / copies;
      each = Math.addExact(each, Math.multiplyExact(inCopy, one.getKey().value()));
      int extra = one.getValue() - there.getOrDefault(one.getKey(), 0);
      most = Math.min(most, extra / inCopy);
    }
    for (int times = 1; times <= most; times++) {
      long rest = Math.abs(surplus - Math.multiplyExact(times, each));
      if (surplus > 0 == each > 0 && rest <= rounded()) {
        return Explain.repeats(currency, name, each, times);
      }
    }
    return null;
  }

  // Lines are rounded one by one when they are converted, and what is paid for them as a whole.
  private long rounded() {
    return Stream.concat(left.stream(), right.stream()).filter(JudgeRate::has).count();
  }

  private static int divisor(int one, int other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  private Map<Same, Integer> counts(List<Line> lines) {
    Map<Same, Integer> counts = new HashMap<>();
    for (Line line : lines) {
      String sku = line.labels() == null ? null : line.labels().sku();
      counts.merge(new Same(JudgeMeasure.kind(line), measure.of(line), sku), 1, Integer::sum);
    }
    return counts;
  }

  // Which of two is named does not depend on the order of the lines.
  private static List<Map.Entry<Same, Integer>> inOrder(Map<Same, Integer> counts) {
    List<Map.Entry<Same, Integer>> all = new ArrayList<>(counts.entrySet());
    all.sort(
        Comparator.comparing((Map.Entry<Same, Integer> one) -> one.getKey().kind())
            .thenComparing(one -> one.getKey().value())
            .thenComparing(one -> String.valueOf(one.getKey().sku())));
    return all;
  }

  private Cause refund() {
    if (!Refunds.explain(netLeft, netRight)) {
      return null;
    }
    return new Cause(
        BreakClass.RETURN_NOT_OFFSET,
        "refund",
        Explain.sides(
            currency, new Wording("退款", "refunds"), netLeft.refunds(), netRight.refunds()));
  }

  private Cause fee() {
    long fees = netLeft.fees() - netRight.fees();
    boolean oneHasThem = fees != 0 && gap == fees;
    // One side is told net, with its fee beside it: 100.00 against 99.40 and a fee of 0.60.
    boolean netOfThem =
        gap != 0
            && netLeft.refunds() == netRight.refunds()
            && (netRight.fees() != 0 && gap == -2 * netRight.fees() && netLeft.fees() == 0
                || netLeft.fees() != 0 && gap == 2 * netLeft.fees() && netRight.fees() == 0);
    if (!oneHasThem && !netOfThem) {
      return null;
    }
    return new Cause(
        BreakClass.FEE,
        "fee",
        Explain.sides(currency, new Wording("手续费", "fees"), netLeft.fees(), netRight.fees()));
  }

  /**
   * Of a difference that is not tolerated and that no entry explains.
   *
   * @param notBelow says the limit
   */
  Cause rest(Wording notBelow) {
    List<Line> partsLeft = left.stream().filter(JudgeMeasure::isPart).toList();
    List<Line> partsRight = right.stream().filter(JudgeMeasure::isPart).toList();
    if (split(partsLeft, partsRight) || split(partsRight, partsLeft)) {
      return new Cause(
          BreakClass.SPLIT, "split", Explain.parts(partsLeft.size(), partsRight.size()));
    }
    return measure.quantity()
        ? new Cause(BreakClass.QUANTITY, "quantity", notBelow)
        : new Cause(BreakClass.AMOUNT, "amount", notBelow);
  }

  /** Several parts that come to less than the whole, or parts of which some are there. */
  private boolean split(List<Line> parts, List<Line> other) {
    if (parts.size() < 2 || other.isEmpty() || other.size() >= parts.size()) {
      return false;
    }
    boolean less = Math.abs(measure.sum(parts)) < Math.abs(measure.sum(other));
    List<Long> values = new ArrayList<>(parts.stream().map(measure::of).toList());
    return less || other.stream().allMatch(line -> values.remove((Object) measure.of(line)));
  }
}
