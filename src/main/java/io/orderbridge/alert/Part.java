package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is told together in a message: the lines of one cause and owner.
 *
 * @param lines their numbers
 * @param level the worst
 * @param louder whether it was told somewhere else before and nobody acknowledged it
 * @param details null where there is no room to tell more than the cause
 */
record Part(
    List<Long> lines,
    String cause,
    String owner,
    boolean clears,
    Level level,
    long alerts,
    Instant first,
    Instant last,
    boolean louder,
    Details details) {
  Part {
    lines = List.copyOf(lines);
  }

  Part with(Details more) {
    return new Part(lines, cause, owner, clears, level, alerts, first, last, louder, more);
  }

  /**
   * What its alerts say.
   *
   * @param alerts how many
   * @param things how many things they are about
   * @param well how many of them are well again
   * @param sums by currency
   * @param samples the worst and oldest first
   */
  record Details(
      long alerts, long things, long well, Map<String, BigDecimal> sums, List<Sample> samples) {}

  /** One alert of them. */
  record Sample(Wording text, String subject, String link) {}
}
