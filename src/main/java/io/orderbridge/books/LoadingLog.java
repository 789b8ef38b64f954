package io.orderbridge.books;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import org.jboss.logging.Logger;

/** Tells in the log how far a large file has come. */
final class LoadingLog {
  private static final Logger LOG = Logger.getLogger(LoadingLog.class);
  // A few seconds of work; the file of a usual day is done before.
  private static final long EVERY_ROWS = 250_000;

  private final Book book;
  private final LocalDate day;
  private long next = EVERY_ROWS;
  private long read;

  LoadingLog(Book book, LocalDate day) {
    this.book = book;
    this.day = day;
  }

  /** The file, its bytes counted while they are read. */
  InputStream of(InputStream file) {
    next = EVERY_ROWS;
    read = 0;
    return new FilterInputStream(file) {
      @Override
      public int read() throws IOException {
        int one = super.read();
        read += one < 0 ? 0 : 1;
        return one;
      }

      @Override
      public int read(byte[] to, int from, int most) throws IOException {
        int some = super.read(to, from, most);
        read += Math.max(some, 0);
        return some;
      }
    };
  }

  void tell(long entries) {
    if (entries >= next) {
      next = entries + EVERY_ROWS;
      LOG.infof(
          "snapshot.loading book=%s day=%s entries=%d bytes=%d", book.name(), day, entries, read);
    }
  }
}
