package io.orderbridge.reconciliation;

import java.time.Instant;
import java.time.LocalDate;

/** Which books there are, and whether a day of one is complete. */
interface Standings {
  /** Whether a connection in force has this book. */
  boolean declared(String book);

  /** Whether its snapshot of the last day of a month is the whole month's. */
  default boolean monthly(String book) {
    return false;
  }

  Standing of(String book, LocalDate day, Instant now);

  /**
   * A day of a book. A source that had nothing leaves an empty snapshot.
   *
   * @param word PROVED, AWAITED, DUE, READ, LATE, NEVER_READ; FILE for a book that no source tells
   *     of, which is complete when its snapshot is there
   * @param dueAt when what is missing is or was due; null when nothing says
   * @param problem why it is missing, in words; null when there is nothing to say
   */
  record Standing(String word, Instant dueAt, String problem) {
    static final Standing FILE = new Standing("FILE", null, null);

    boolean complete(boolean snapshot) {
      return snapshot && (word.equals("PROVED") || word.equals("FILE"));
    }
  }
}
