package io.orderbridge.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a metric brings into the score of a month.
 *
 * @param measure of all its periods together; null when none has one
 * @param verdict of all together; null when it is missing
 * @param points 0 to 100; null when it is missing
 * @param expected so many periods should have been measured
 * @param periods those that were, the worst first
 */
record Part(
    Rule rule,
    Measure measure,
    Verdict verdict,
    BigDecimal points,
    int expected,
    List<Value> periods) {
  private static final int DIGITS = 2;

  Part {
    periods = List.copyOf(periods);
  }

  /**
   * @param told the newest versions of the periods of the month; those with nothing to measure
   *     count as not measured
   */
  static Part of(Rule rule, int expected, List<Value> told, List<HealthRules.Corner> curve) {
    List<Value> good =
        told.stream()
            .filter(value -> value.verdict() != Verdict.NOT_APPLICABLE)
            .sorted(Comparator.comparing((Value value) -> usage(rule, value)).reversed())
            .toList();
    if (good.isEmpty()) {
      return new Part(rule, null, null, null, expected, good);
    }
    Measure all = good.stream().map(Value::measure).reduce(Part::plus).orElseThrow();
    BigDecimal usage = rule.usage(all);
    return new Part(
        rule,
        all,
        rule.judge(all),
        // Something is open and nothing was sold: there is no share that is worse.
        usage == null ? BigDecimal.ZERO : points(usage, curve),
        expected,
        good);
  }

  private static BigDecimal usage(Rule rule, Value value) {
    BigDecimal usage = rule.usage(value.measure());
    return usage == null ? Rule.HUNDRED : usage;
  }

  private static Measure plus(Measure one, Measure other) {
    Map<String, BigDecimal> by = new TreeMap<>(one.by());
    other.by().forEach((name, count) -> by.merge(name, count, BigDecimal::add));
    return new Measure(
        one.numerator().add(other.numerator()),
        one.denominator().add(other.denominator()),
        one.unit(),
        by,
        List.of());
  }

  /** On the curve; beyond its ends as at them. */
  static BigDecimal points(BigDecimal usage, List<HealthRules.Corner> curve) {
    HealthRules.Corner before = curve.get(0);
    for (HealthRules.Corner corner : curve) {
      if (usage.compareTo(corner.usage()) <= 0) {
        BigDecimal width = corner.usage().subtract(before.usage());
        return width.signum() == 0
            ? corner.points()
            : before
                .points()
                .add(
                    corner
                        .points()
                        .subtract(before.points())
                        .multiply(usage.subtract(before.usage()))
                        .divide(width, DIGITS, RoundingMode.HALF_UP));
      }
      before = corner;
    }
    return before.points();
  }

  /** What it is made of, the most first. */
  Map<String, BigDecimal> worst(int most) {
    return measure == null
        ? Map.of()
        : measure.by().entrySet().stream()
            .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
            .limit(most)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    Map.Entry::getValue,
                    (one, other) -> one,
                    java.util.LinkedHashMap::new));
  }
}
