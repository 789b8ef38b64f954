package io.orderbridge.repair;

import java.time.Instant;
import java.util.Map;

/**
 * A repair as it is stored.
 *
 * @param role in which it was proposed
 * @param second why a second person has to approve; none when nobody has to
 * @param undoOf number of the repair that this one takes back; null when none
 * @param source what proposed it; empty for people
 * @param orders in its list
 * @param changes of them to be changed, by the dry run
 */
record Repair(
    long id,
    State state,
    Wish wish,
    String role,
    Why second,
    Act decided,
    Act begun,
    Instant endedAt,
    Long undoOf,
    String source,
    int orders,
    int changes) {

  /** Where a repair stands. */
  enum State {
    PROPOSED,
    APPROVED,
    REJECTED,
    APPLYING,
    /** By a person; it goes on when it is applied again. */
    STOPPED,
    /** All orders are done; the targets are asked. */
    READING_BACK,
    DONE
  }

  /** Who did something to it, and when; null as long as nobody did. */
  record Act(String by, Instant at) {}

  Map<String, String> options() {
    return wish.options();
  }
}
