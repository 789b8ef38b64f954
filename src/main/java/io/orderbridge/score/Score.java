package io.orderbridge.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;

/**
 * The order health of a month.
 *
 * @param score the weighted mean of the parts that were measured, 0 to 100; null when none was
 * @param confidence percent: how much of what should have been measured was, by weight
 */
record Score(BigDecimal score, BigDecimal confidence, Verdict verdict, List<Part> parts) {
  private static final int DIGITS = 1;

  Score {
    parts = List.copyOf(parts);
  }

  static Score of(List<Part> parts, BigDecimal sure) {
    BigDecimal points = BigDecimal.ZERO;
    BigDecimal measured = BigDecimal.ZERO;
    BigDecimal known = BigDecimal.ZERO;
    BigDecimal all = BigDecimal.ZERO;
    for (Part part : parts) {
      BigDecimal weight = BigDecimal.valueOf(part.rule().weight());
      all = all.add(weight);
      if (part.points() != null) {
        points = points.add(weight.multiply(part.points()));
        measured = measured.add(weight);
        known = known.add(share(weight, part));
      }
    }
    BigDecimal confidence =
        all.signum() == 0
            ? BigDecimal.ZERO
            : known.multiply(Rule.HUNDRED).divide(all, DIGITS, RoundingMode.DOWN);
    return new Score(
        measured.signum() == 0 ? null : points.divide(measured, DIGITS, RoundingMode.HALF_UP),
        confidence,
        verdict(parts, confidence.compareTo(sure) >= 0),
        parts);
  }

  private static BigDecimal share(BigDecimal weight, Part part) {
    BigDecimal periods = BigDecimal.valueOf(Math.min(part.periods().size(), part.expected()));
    return weight
        .multiply(periods)
        .divide(BigDecimal.valueOf(part.expected()), DIGITS + 3, RoundingMode.DOWN);
  }

  // A breach is one even when nothing else is known; a pass needs to know.
  private static Verdict verdict(List<Part> parts, boolean sure) {
    List<Verdict> verdicts = parts.stream().map(Part::verdict).filter(Objects::nonNull).toList();
    if (verdicts.contains(Verdict.BREACH)) {
      return Verdict.BREACH;
    }
    if (!sure || parts.isEmpty() || verdicts.size() < parts.size()) {
      return Verdict.UNCERTAIN;
    }
    return verdicts.contains(Verdict.WARNING) ? Verdict.WARNING : Verdict.PASS;
  }
}
