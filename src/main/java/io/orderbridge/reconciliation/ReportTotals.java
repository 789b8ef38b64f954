package io.orderbridge.reconciliation;

import io.orderbridge.books.Figures.Total;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.ReportPart.Hand;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a report comes to, and its waterfalls.
 *
 * @param waterfalls one per unit, by name
 * @param outcomes how many differences ended how
 */
record ReportTotals(List<Waterfall> waterfalls, Map<Outcome, Long> outcomes) {
  static ReportTotals of(Connection connection, ReportScope scope) throws SQLException {
    Map<Hand, Map<String, Total>> sides = new EnumMap<>(Hand.class);
    Set<String> units = new TreeSet<>();
    for (Hand hand : Hand.values()) {
      Map<String, Total> sums = scope.pool(connection, hand).sums(scope.measure());
      sides.put(hand, sums);
      units.addAll(sums.keySet());
    }
    Map<String, Waterfall.Gathering> gathered = new TreeMap<>();
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    new ReportRows(connection, scope)
        .each(
            one -> {
              gathered
                  .computeIfAbsent(one.unit(), unit -> new Waterfall.Gathering())
                  .add(one.kind(), one.rule(), 1, one.gap());
              outcomes.merge(one.outcome(), 1L, Long::sum);
            });
    units.addAll(gathered.keySet());
    List<Waterfall> waterfalls = new ArrayList<>();
    for (String unit : units) {
      waterfalls.add(
          gathered
              .getOrDefault(unit, new Waterfall.Gathering())
              .of(
                  unit,
                  value(sides.get(Hand.LEFT), unit),
                  value(sides.get(Hand.RIGHT), unit),
                  scope.what().tolerance()));
    }
    // What has neither money nor a difference says nothing.
    waterfalls.removeIf(one -> one.unit().isEmpty() && one.bars().size() == 1 && units.size() > 1);
    return new ReportTotals(waterfalls, outcomes);
  }

  private static BigInteger value(Map<String, Total> sums, String unit) {
    return sums.getOrDefault(unit, Total.NONE).value();
  }

  /**
   * Sales less receipts is the sum of the differences, in each unit.
   *
   * @throws ReportRefused otherwise
   */
  ReportTotals footed() {
    for (Waterfall waterfall : waterfalls) {
      if (waterfall.remainder().signum() != 0) {
        throw new ReportRefused(
            Wording.of(
                "报表不平：左方 %s 减右方 %s（%s，最小货币单位）还有 %s 没有任何差异能解释，因此不生成",
                "the report does not add up: left %s less right %s %s leave %s that no difference"
                    + " explains; nothing of it is made",
                waterfall.left(),
                waterfall.right(),
                waterfall.unit(),
                waterfall.remainder()));
      }
    }
    return this;
  }
}
