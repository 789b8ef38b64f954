package io.orderbridge.consistency;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  private static final Set<String> KNOWN =
      Stream.of(
              Stream.of(ComparisonRun.EQUAL),
              Stream.of(ComparisonClass.values()).map(ComparisonClass::name),
              ComparisonRun.AWAITED.stream(),
              ComparisonRun.NOT_COMPARED.stream())
          .flatMap(names -> names)
          .collect(Collectors.toUnmodifiableSet());

  /** How many orders each side has. */
  record Sides(long here, long there) {}

  /**
   * One line of the statement: a class, with how many of it each side has. The class without a name
   * is the period as a whole, counted for itself.
   *
   * @param beside so many of them are looked at although they are not of the period
   */
  record Line(String name, long number, Sides sides, Sides beside) {}

  /**
   * Adds up what is not equal, and checks that no order was lost or doubled between the sides and
   * the classes: the orders that are left have to be as many on either side, and are the equal
   * ones.
   *
   * @throws IllegalStateException when they are not; nothing of the run is kept then
   */
  static ComparisonResult of(List<Line> lines, List<Map<String, Object>> awaited) {
    Map<String, Long> counts = new TreeMap<>();
    long ours = 0;
    long theirs = 0;
    long namedHere = 0;
    long namedThere = 0;
    for (Line line : lines) {
      if (line.name().isEmpty()) {
        ours += line.sides().here();
        theirs += line.sides().there();
        continue;
      }
      if (!KNOWN.contains(line.name())) {
        throw new IllegalStateException(
            "%d orders ended in no class that there is: %s".formatted(line.number(), line.name()));
      }
      counts.put(line.name(), line.number());
      namedHere += line.sides().here();
      namedThere += line.sides().there();
      ours += line.beside().here();
      theirs += line.beside().there();
    }
    long equal = ours - namedHere;
    if (equal != theirs - namedThere || equal < 0) {
      throw new IllegalStateException(
          "of %d orders here and %d there, %d and %d would be equal: an order was lost or doubled"
              .formatted(ours, theirs, equal, theirs - namedThere));
    }
    counts.merge(ComparisonRun.EQUAL, equal, Long::sum);
    return new ComparisonResult(ours, theirs, counts, awaited);
  }
}
