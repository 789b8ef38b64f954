package io.orderbridge.score;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a metric came to in a period.
 *
 * @param unit a currency, then both are minor units of it; empty for orders and notices
 * @param by what it is made of: how many by target, gate, reconciliation or act
 * @param examples the worst of them, named as people can look them up
 */
record Measure(
    BigDecimal numerator,
    BigDecimal denominator,
    String unit,
    Map<String, BigDecimal> by,
    List<String> examples) {
  Measure {
    by = new TreeMap<>(by);
    examples = List.copyOf(examples);
  }

  /** A share of things that are counted, without a word on what it is made of. */
  static Measure counted(long numerator, long denominator) {
    return new Measure(
        BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator), "", Map.of(), List.of());
  }
}
