package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A difference through all runs.
 *
 * @param key of the reconciliation's items; the same key is the same break
 * @param gap left less right; null when it is no money of one currency
 * @param pieces left less right; null when money is compared
 * @param seen where the newest run found it
 * @param episode how often it was opened
 * @param proposedBy who proposed to write it off; null when nobody did
 */
record Break(
    long id,
    String reconciliation,
    String key,
    BreakClass kind,
    State state,
    String shop,
    Money gap,
    Long pieces,
    LocalDate since,
    Seen seen,
    int episode,
    String proposedBy) {
  /** Where it is in its life; the names stand in the store. */
  enum State {
    OPEN,
    /** Somebody proposed to write it off. */
    PROPOSED,
    ACCEPTED,
    WRITTEN_OFF,
    LINKED,
    /** A later run did not find it any more. */
    CLEARED;

    boolean isOpen() {
      return this == OPEN || this == PROPOSED;
    }
  }

  record Seen(long run, int item, Instant openedAt, Instant at, Instant endedAt) {}
}
