package io.orderbridge.books;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.rows.Rows;
import io.orderbridge.rows.Table;
import io.orderbridge.rows.Tables;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.LongConsumer;

/** Takes files of books as snapshots. Thread-safe. */
@Singleton
public class BookFiles {
  private final Books books;
  private final Tables tables;
  private final Snapshots snapshots;

  public BookFiles(Books books, Tables tables, Snapshots snapshots) {
    this.books = books;
    this.tables = tables;
    this.snapshots = snapshots;
  }

  /**
   * Takes the file as the snapshot of the day, row by row. The same content again is the snapshot
   * that is there.
   *
   * @throws Refusal FILE_REFUSED when the file is not taken as a whole; nothing of it is kept
   */
  public Snapshot take(Book book, LocalDate day, Snapshots.Content file, Instant now) {
    Table table = table(book);
    LoadingLog log = new LoadingLog(book, day);
    Feed rows =
        sink -> {
          try (InputStream bytes = log.of(file.open())) {
            Rows.stream(table, bytes, sink);
          }
        };
    return snapshots.take(entries(book, day, books.layout(book), rows, log::tell), now);
  }

  /** As above, of bytes that can be read once; they go through a file of this process. */
  Snapshot take(Book book, LocalDate day, InputStream bytes, Instant now) throws IOException {
    try (Spool spool = Spool.of(bytes)) {
      return take(book, day, spool::read, now);
    }
  }

  /** A day of which its source said that there is nothing. */
  Snapshot takeNothing(Book book, LocalDate day, Instant now) {
    return snapshots.take(entries(book, day, books.layout(book), sink -> {}), now);
  }

  /** The rows of a book's day, as they come. */
  static Snapshots.Entries entries(Book book, LocalDate day, Layout layout, Feed rows) {
    return entries(book, day, layout, rows, many -> {});
  }

  private static Snapshots.Entries entries(
      Book book, LocalDate day, Layout layout, Feed rows, LongConsumer told) {
    return new Snapshots.Entries(
        new Snapshot.Of(book.name(), day),
        Allocating.layout(book, layout),
        book,
        Allocating.of(book, layout, rows),
        told);
  }

  private Table table(Book book) {
    return tables
        .find(String.valueOf(book.from().table()))
        .orElseThrow(
            () ->
                new Refusal(
                    Cause.ROUTE_FAILED,
                    "books:" + book.name(),
                    "no connection file that is loaded has the table '%s' under 'tables'"
                        .formatted(book.from().table())));
  }
}
