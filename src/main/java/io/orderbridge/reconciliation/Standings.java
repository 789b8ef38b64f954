package io.orderbridge.reconciliation;

import io.orderbridge.books.BookDays.BookDay;
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

  BookDay of(String book, LocalDate day, Instant now);
}
