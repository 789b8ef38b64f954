package io.orderbridge.inbox;

/**
 * What became of an arrival, after its commit.
 *
 * @param inboxId number of the message; of the first one when this is a repeat
 * @param how whether it was new
 */
record Stored(long inboxId, How how) {
  enum How {
    NEW,
    /** The same id with the same content: nothing changed. */
    REPEATED,
    /** The same id with other content: kept as a dead letter for a person to judge. */
    CHANGED
  }
}
