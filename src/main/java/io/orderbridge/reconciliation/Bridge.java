package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Figures.Cell;
import io.orderbridge.books.Figures.Total;
import io.orderbridge.books.Figures.When;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One figure of one period, counted by two times: how the total by the first becomes the total by
 * the second. The lines add up to the difference, for each entry is in one line or in both totals.
 *
 * @param unit a currency, whose minor units are counted; empty for pieces and orders
 * @param lines every reason that there is, once
 */
record Bridge(
    Department from,
    Department to,
    String unit,
    Total first,
    Total second,
    List<BridgeLine> lines) {
  private static final Comparator<BridgeLine.Reason> ORDER =
      Comparator.comparing(BridgeLine.Reason::in)
          .thenComparing(BridgeLine.Reason::out)
          .thenComparing(BridgeLine.Reason::when);

  Bridge {
    lines = List.copyOf(lines);
  }

  /** What no line explains: nothing, or the bridge does not stand. */
  Total remainder() {
    Total explained = lines.stream().map(BridgeLine::total).reduce(Total.NONE, Total::plus);
    return second.minus(first).minus(explained);
  }

  /** The bridges from one department to another, one per unit. */
  static List<Bridge> between(
      Definition definition, Department from, Department to, List<Cell> cells) {
    List<Bridge> bridges = new ArrayList<>();
    cells.stream()
        .map(Cell::unit)
        .distinct()
        .sorted()
        .forEach(
            unit ->
                bridges.add(
                    of(
                        definition,
                        from,
                        to,
                        cells.stream().filter(cell -> cell.unit().equals(unit)).toList())));
    return bridges;
  }

  private static Bridge of(
      Definition definition, Department from, Department to, List<Cell> cells) {
    Basis first = definition.basis().get(from);
    Basis second = definition.basis().get(to);
    Map<BridgeLine.Reason, Total> lines = new TreeMap<>(ORDER);
    for (Cell cell : cells) {
      When byFirst = cell.times().get(first);
      When bySecond = cell.times().get(second);
      if (byFirst == When.WITHIN && bySecond != When.WITHIN) {
        lines.merge(
            new BridgeLine.Reason(first, second, bySecond),
            Total.NONE.minus(cell.total()),
            Total::plus);
      } else if (bySecond == When.WITHIN && byFirst != When.WITHIN) {
        lines.merge(new BridgeLine.Reason(second, first, byFirst), cell.total(), Total::plus);
      }
    }
    return new Bridge(
        from,
        to,
        cells.get(0).unit(),
        total(cells, first),
        total(cells, second),
        lines.entrySet().stream()
            .map(line -> new BridgeLine(line.getKey(), line.getValue()))
            .toList());
  }

  /** What belongs to the period by a time. */
  static Total total(List<Cell> cells, Basis basis) {
    return cells.stream()
        .filter(cell -> cell.times().get(basis) == When.WITHIN)
        .map(Cell::total)
        .reduce(Total.NONE, Total::plus);
  }
}
