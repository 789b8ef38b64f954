package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A total gap, split into its causes (差异瀑布). What no cause explains is a bar as well, always shown.
 *
 * @param unit a currency, whose minor units are counted; empty for pieces
 * @param left all of that side, whether it counts or not
 * @param right likewise
 * @param bars in the order in which they are drawn; the last is what nothing explains
 */
record Waterfall(
    String unit, BigInteger left, BigInteger right, Tolerance tolerance, List<Bar> bars) {
  static final String UNEXPLAINED = "UNEXPLAINED";

  // What usually explains most comes first; what a person has to look for, last.
  private static final List<BreakClass> ORDER =
      List.of(
          BreakClass.FEE,
          BreakClass.UNSETTLED,
          BreakClass.RETURN_NOT_OFFSET,
          BreakClass.CROSS_PERIOD,
          BreakClass.DUPLICATE,
          BreakClass.NOT_COUNTED,
          BreakClass.AMOUNT,
          BreakClass.QUANTITY,
          BreakClass.CURRENCY,
          BreakClass.SPLIT,
          BreakClass.STATUS,
          BreakClass.MISSING_LEFT,
          BreakClass.MISSING_RIGHT,
          BreakClass.WITHIN,
          BreakClass.MATCHED);
  private static final int PERCENT_DIGITS = 2;

  Waterfall {
    bars = List.copyOf(bars);
  }

  /**
   * @param id {@code FEE}, {@code RETURN_NOT_OFFSET:<rule>}; opens to its items
   * @param items how many
   * @param gap with the sign by which it leads from the right total to the left
   */
  record Bar(String id, Wording text, long items, BigInteger gap) {}

  /** The bar of a class. Refunds have one for each rule, for each is offset in its own way. */
  static String bar(BreakClass kind, String rule) {
    return kind == BreakClass.RETURN_NOT_OFFSET ? kind + ":" + rule : kind.name();
  }

  /** The bar of what was left out: fees that nobody counts are fees. */
  static BreakClass leftOut(EntryKind kind) {
    return kind == EntryKind.FEE ? BreakClass.FEE : BreakClass.NOT_COUNTED;
  }

  BigInteger gap() {
    return left.subtract(right);
  }

  /** What nothing explains. */
  BigInteger remainder() {
    return bars.get(bars.size() - 1).gap();
  }

  /** Whether the whole gap is not below the tolerance. */
  boolean isBreach() {
    return !tolerance.allows(left.longValueExact(), right.longValueExact());
  }

  /** The gap in percent of the left total, with two decimals; null when that is nothing. */
  BigDecimal percent() {
    return left.signum() == 0
        ? null
        : new BigDecimal(gap().multiply(BigInteger.valueOf(100)))
            .divide(new BigDecimal(left.abs()), PERCENT_DIGITS, RoundingMode.HALF_UP);
  }

  /** Gathers what explains a gap. */
  static final class Gathering {
    private record Sum(BreakClass kind, String rule, long items, BigInteger gap) {
      Sum plus(Sum other) {
        return new Sum(kind, rule, items + other.items, gap.add(other.gap));
      }
    }

    private final Map<String, Sum> sums = new TreeMap<>();

    void add(BreakClass kind, String rule, long items, BigInteger gap) {
      sums.merge(bar(kind, rule), new Sum(kind, rule, items, gap), Sum::plus);
    }

    /** What it explains, all together. */
    BigInteger explained() {
      return sums.values().stream().map(Sum::gap).reduce(BigInteger.ZERO, BigInteger::add);
    }

    Waterfall of(String unit, BigInteger left, BigInteger right, Tolerance tolerance) {
      List<Bar> bars = new ArrayList<>();
      sums.entrySet().stream()
          .sorted(
              Comparator.comparingInt(
                      (Map.Entry<String, Sum> one) -> ORDER.indexOf(one.getValue().kind()))
                  .thenComparing(Map.Entry::getKey))
          .forEach(
              one ->
                  bars.add(
                      new Bar(
                          one.getKey(),
                          text(one.getValue().kind(), one.getValue().rule()),
                          one.getValue().items(),
                          one.getValue().gap())));
      bars.add(
          new Bar(
              UNEXPLAINED,
              new Wording("未解释", "unexplained"),
              0,
              left.subtract(right).subtract(explained())));
      return new Waterfall(unit, left, right, tolerance, bars);
    }
  }

  private static Wording text(BreakClass kind, String rule) {
    Wording text = kind.text();
    return kind == BreakClass.RETURN_NOT_OFFSET
        ? new Wording(text.zh() + "(" + rule + ")", text.en() + " (" + rule + ")")
        : text;
  }
}
