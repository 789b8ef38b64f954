package io.orderbridge.score;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric over consecutive periods.
 *
 * @param points the oldest first; the value is null where nothing was told
 */
record Series(Rule rule, List<Point> points, Trend trend) {
  Series {
    points = List.copyOf(points);
  }

  /** A period, and what was told of it. */
  record Point(Period period, Value value) {}

  /** The periods up to the last one, with a hole where nothing was told. */
  static Series of(
      Rule rule, Period last, int periods, List<Value> told, HealthRules.Projecting projecting) {
    Map<Period, Value> byPeriod = new HashMap<>();
    told.forEach(value -> byPeriod.put(value.period(), value));
    List<Point> points = new ArrayList<>();
    for (int back = periods - 1; back >= 0; back--) {
      Period period = last.back(back);
      points.add(new Point(period, byPeriod.get(period)));
    }
    return new Series(rule, points, trend(rule, points, projecting));
  }

  // A period that still runs is half a point.
  private static Trend trend(Rule rule, List<Point> points, HealthRules.Projecting projecting) {
    List<BigDecimal> percents = new ArrayList<>();
    for (Point point : points) {
      Value value = point.value();
      percents.add(value == null || !value.isFinal() ? null : rule.percent(value.measure()));
    }
    return Trend.of(percents, rule, projecting);
  }

  /** The newest value that was told; null when none was. */
  Value newest() {
    Value newest = null;
    for (Point point : points) {
      newest = point.value() == null ? newest : point.value();
    }
    return newest;
  }

  /** The period in which the line is past the limit; null when it is not. */
  Period crossing() {
    return trend.crossesIn() == 0 || points.isEmpty()
        ? null
        : points.get(points.size() - 1).period().back(-trend.crossesIn());
  }
}
