package io.orderbridge.books;

import java.time.LocalDate;
import org.jboss.logging.Logger;

/** Tells in the log how far a large file has come. */
final class LoadingLog implements Progress {
  private static final Logger LOG = Logger.getLogger(LoadingLog.class);
  // A few seconds of work; the file of a usual day is done before.
  private static final long EVERY_ROWS = 250_000;

  private final Book book;
  private final LocalDate day;
  private long next = EVERY_ROWS;

  LoadingLog(Book book, LocalDate day) {
    this.book = book;
    this.day = day;
  }

  @Override
  public void at(String step, long rows, long done, long all) {
    if (rows >= next) {
      next = rows + EVERY_ROWS;
      LOG.infof(
          "snapshot.loading book=%s day=%s entries=%d bytes=%d", book.name(), day, rows, done);
    }
  }
}
