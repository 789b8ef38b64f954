package io.orderbridge.consistency;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a comparison counted.
 *
 * @param ours orders of the order book
 * @param theirs states of the system
 * @param counts orders by class; each is in one
 * @param awaited readings that are missing, by name
 */
record ComparisonResult(
    long ours, long theirs, Map<String, Long> counts, List<Map<String, Object>> awaited) {

  /** One line of the statement: a class, with how many of it each side has. */
  record Line(String name, long number, long here, long there) {}

  /**
   * Adds up and checks that no order was lost or doubled between the sides and the classes.
   *
   * @throws IllegalStateException when one was; nothing of the run is kept then
   */
  static ComparisonResult of(
      long ours, long theirs, List<Line> lines, List<Map<String, Object>> awaited) {
    Map<String, Long> counts = new TreeMap<>();
    long here = 0;
    long there = 0;
    for (Line line : lines) {
      counts.merge(line.name(), line.number(), Long::sum);
      here += line.here();
      there += line.there();
    }
    if (here != ours || there != theirs) {
      throw new IllegalStateException(
          "of %d orders here %d, and of %d there %d ended in a class"
              .formatted(ours, here, theirs, there));
    }
    return new ComparisonResult(ours, theirs, counts, awaited);
  }
}
