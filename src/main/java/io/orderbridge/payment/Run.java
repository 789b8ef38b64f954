package io.orderbridge.payment;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One comparison of one day.
 *
 * @param stage whether its source was proved, so that it judged for good until something changes
 * @param version 1, 2, 3, ... of this day
 * @param endedAt null while it runs
 * @param repaired how many the order book was given
 * @param askedBy a route, a round, or the name of a person
 * @param problem why it failed, or null
 */
public record Run(
    long id,
    String connection,
    LocalDate day,
    Stage stage,
    int version,
    State state,
    Instant startedAt,
    Instant endedAt,
    Totals totals,
    long repaired,
    String askedBy,
    String problem) {

  /** Whether what is missing there is missing. */
  public enum Stage {
    /** The source is not due or not proved: only what the records say is acted on. */
    PROVISIONAL,
    /** The source is proved complete for the day. */
    FINAL
  }

  /** Where a run stands. */
  public enum State {
    RUNNING,
    DONE,
    /** It did not add up, or could not be done; nothing of it was concluded. */
    FAILED,
    /** Its process died; it is made again. */
    BROKEN
  }
}
