package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import java.time.Instant;

/**
 * One entry of the timeline.
 *
 * @param at when it happened
 * @param told when we heard of it; null when that is the same
 * @param source the system, target or check it is from
 * @param tone how it is shown
 */
record Moment(Instant at, Instant told, Kind kind, String source, Wording text, Tone tone) {

  /** What it is. The order is that of entries of the same time. */
  enum Kind {
    MESSAGE,
    FACT,
    FORCED,
    EVENT,
    DELIVERY,
    DEAD_LETTER,
    DEADLINE,
    NOTICE,
    READ,
    FINDING,
    TICKET
  }

  /** Whether it is as it should be. */
  enum Tone {
    PLAIN,
    GOOD,
    BAD,
    /** Said again elsewhere: for who looks closely. */
    QUIET
  }
}
