package io.orderbridge.books;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Books whose rows come one by one, for tests of other packages. */
public final class StagedDays {
  private StagedDays() {}

  /** The rows of a day, complete. */
  public static Snapshot take(
      Staging staging, BookFiles files, Book book, LocalDate day, List<?> rows, Instant now) {
    if (!rows.isEmpty()) {
      staging.keep(book, day, 1, rows);
    }
    return staging.cut(book, day, now).orElseGet(() -> files.takeNothing(book, day, now));
  }
}
