package io.orderbridge.reconciliation;

import io.orderbridge.books.Converted;
import io.orderbridge.books.Line;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether two sides differ by their rates alone: what was converted agrees before the conversion,
 * or one side has the figures of the other without having converted them.
 */
final class JudgeRate {
  private JudgeRate() {}

  /**
   * A side before it was converted.
   *
   * @param currency null when nothing of it was converted
   */
  private record Before(String currency, BigDecimal sum, List<Converted> converted) {}

  /** Null when they do not; the sides have entries of one currency. */
  static Wording explain(String currency, List<Line> left, List<Line> right) {
    if (left.stream().noneMatch(JudgeRate::has) && right.stream().noneMatch(JudgeRate::has)) {
      return null;
    }
    int decimals = Money.currency(currency).getDefaultFractionDigits();
    Before here = before(decimals, left);
    Before there = before(decimals, right);
    if (here == null || there == null || !comparable(here, there)) {
      return null;
    }
    List<Converted> rates = new ArrayList<>(here.converted());
    rates.addAll(there.converted());
    boolean both = here.currency() != null && there.currency() != null;
    if (both && rates.stream().allMatch(rates.get(0)::sameRate)) {
      return null;
    }
    // Each entry was rounded: by so much sums may differ that are the same.
    BigDecimal rounded = BigDecimal.valueOf(Math.max(left.size(), right.size()), decimals);
    BigDecimal gap = here.sum().subtract(there.sum());
    return rates.stream().allMatch(rate -> rate.isWithin(gap, rounded)) ? told(left, right) : null;
  }

  private static boolean comparable(Before here, Before there) {
    return here.currency() == null
        || there.currency() == null
        || here.currency().equals(there.currency());
  }

  static boolean has(Line line) {
    return told(line) != null;
  }

  private static String told(Line line) {
    return line.labels() == null ? null : line.labels().converted();
  }

  /** Null when some of it was converted and some was not, or from several currencies. */
  private static Before before(int decimals, List<Line> lines) {
    List<Converted> converted = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Line line : lines) {
      if (has(line)) {
        Converted one = Converted.of(told(line));
        converted.add(one);
        sum = sum.add(one.amount());
      } else {
        sum = sum.add(BigDecimal.valueOf(line.minor() == null ? 0 : line.minor(), decimals));
      }
    }
    if (converted.isEmpty()) {
      return new Before(null, sum, converted);
    }
    String currency = converted.get(0).currency();
    boolean all = converted.size() == lines.size();
    return all && converted.stream().allMatch(one -> one.currency().equals(currency))
        ? new Before(currency, sum, converted)
        : null;
  }

  private static Wording told(List<Line> left, List<Line> right) {
    Wording here = first(left);
    Wording there = first(right);
    return new Wording(
        "折算汇率不同:左方 %s,右方 %s".formatted(here.zh(), there.zh()),
        "the rates differ: %s on the left, %s on the right".formatted(here.en(), there.en()));
  }

  private static Wording first(List<Line> lines) {
    return lines.stream()
        .filter(JudgeRate::has)
        .map(line -> new Wording(told(line), told(line)))
        .findFirst()
        .orElse(new Wording("未折算", "not converted"));
  }
}
