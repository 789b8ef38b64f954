package io.orderbridge.schedule;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A window of a source while it is claimed.
 *
 * @param day of a daily source, else null
 * @param token of the claim: what is written under another one is not written
 * @param read whether all its pages are stored and only the proof is missing
 * @param attempts readings since it was last complete, this one included
 * @param checks rounds of its proof before this one
 * @param pass number of the last reading
 * @param itemsAt partition of its items
 * @param checkedTo messages up to this number have reached the order book
 * @param problem what was wrong the last time, or null
 */
record Window(
    String source,
    Instant startsAt,
    Instant endsAt,
    LocalDate day,
    long token,
    boolean read,
    int attempts,
    int checks,
    int pass,
    Instant itemsAt,
    long checkedTo,
    String problem) {

  Window nextPass() {
    return new Window(
        source, startsAt, endsAt, day, token, read, attempts, checks, pass + 1, itemsAt, checkedTo,
        problem);
  }
}
