package io.orderbridge.mapping;

import com.dashjoin.jsonata.Jsonata;
import io.orderbridge.kernel.Cause;

/**
 * Stops a mapping that does not come to an end. It counts steps instead of reading the clock, so
 * that a busy machine refuses nothing and a replay gives the same answer.
 */
class Bounds {
  // A Shopify order with 500 lines takes 15,000 steps; five million are one to two seconds.
  static final int STEPS_MAX = 5_000_000;
  // The Shopify mapping nests 12 deep; 200 fit twice into a thread stack of 512 kB.
  static final int DEPTH_MAX = 200;
  // Reads by all regular expressions of one evaluation; 0.1 to 1.1 seconds (2026-11-23).
  static final int REGEX_READS_MAX = 50_000_000;

  private int steps;
  private int depth;
  private int regexReads;

  void hold(Jsonata.Frame frame) {
    frame.setEvaluateEntryCallback((expression, input, environment) -> enter());
    frame.setEvaluateExitCallback((expression, input, environment, result) -> depth--);
  }

  private void enter() {
    steps++;
    depth++;
    if (depth > DEPTH_MAX) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED,
          "the mapping calls itself more than %d levels deep; end the recursion earlier"
              .formatted(DEPTH_MAX));
    }
    if (steps > STEPS_MAX) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED,
          "the mapping takes more than %d steps; look for a loop without end".formatted(STEPS_MAX));
    }
  }

  void regexRead() {
    regexReads++;
    if (regexReads > REGEX_READS_MAX) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED,
          "a regular expression reads more than %d characters; write it without nested repetition"
              .formatted(REGEX_READS_MAX));
    }
  }
}
