package io.orderbridge.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The straight line of least squares through the last points, drawn ahead.
 *
 * @param ahead percent of the coming periods, between 0 and 100
 * @param crossesIn so many periods from the last one it is past the limit; 0 when it is not
 */
record Trend(List<BigDecimal> ahead, int crossesIn) {
  static final Trend NONE = new Trend(List.of(), 0);
  // Through three points nearly everything is a line.
  private static final int POINTS_MIN = 4;
  private static final int DIGITS = 12;
  private static final int SHOWN = 4;

  Trend {
    ahead = List.copyOf(ahead);
  }

  /** A line: its value at x. */
  private record Line(BigDecimal slope, BigDecimal middleX, BigDecimal middleY) {
    BigDecimal at(int x) {
      return slope
          .multiply(BigDecimal.valueOf(x).subtract(middleX))
          .add(middleY)
          .max(BigDecimal.ZERO)
          .min(Rule.HUNDRED)
          .setScale(SHOWN, RoundingMode.HALF_UP);
    }
  }

  /**
   * @param percents one per period, the oldest first; null where nothing was measured
   */
  static Trend of(List<BigDecimal> percents, Rule rule, HealthRules.Projecting projecting) {
    int from = Math.max(0, percents.size() - projecting.over());
    List<Integer> places = new ArrayList<>();
    for (int x = from; x < percents.size(); x++) {
      if (percents.get(x) != null) {
        places.add(x);
      }
    }
    if (places.size() < POINTS_MIN) {
      return NONE;
    }
    Line line = line(places, percents);
    List<BigDecimal> ahead = new ArrayList<>();
    int crossesIn = 0;
    for (int step = 1; step <= projecting.ahead(); step++) {
      BigDecimal percent = line.at(percents.size() - 1 + step);
      ahead.add(percent);
      if (crossesIn == 0 && rule.isPast(percent)) {
        crossesIn = step;
      }
    }
    return new Trend(ahead, crossesIn);
  }

  private static Line line(List<Integer> places, List<BigDecimal> percents) {
    BigDecimal count = BigDecimal.valueOf(places.size());
    BigDecimal middleX = divide(BigDecimal.valueOf(places.stream().mapToLong(x -> x).sum()), count);
    BigDecimal middleY =
        divide(
            places.stream()
                .map(percents::get)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add),
            count);
    BigDecimal both = BigDecimal.ZERO;
    BigDecimal square = BigDecimal.ZERO;
    for (int x : places) {
      BigDecimal away = BigDecimal.valueOf(x).subtract(middleX);
      both = both.add(away.multiply(percents.get(x).subtract(middleY)));
      square = square.add(away.multiply(away));
    }
    return new Line(divide(both, square), middleX, middleY);
  }

  private static BigDecimal divide(BigDecimal what, BigDecimal by) {
    return what.divide(by, DIGITS, RoundingMode.HALF_UP);
  }
}
