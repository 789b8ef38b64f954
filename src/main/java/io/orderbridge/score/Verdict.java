package io.orderbridge.score;

/** How a metric or a month stands. */
enum Verdict {
  PASS,
  /** At four fifths of its limit, or as the rules say. */
  WARNING,
  /** At the limit of what has to stay below it, under the limit of what has to reach it. */
  BREACH,
  /** There was nothing to measure: never a pass. */
  NOT_APPLICABLE,
  /** Too little was measured for a pass. */
  UNCERTAIN
}
