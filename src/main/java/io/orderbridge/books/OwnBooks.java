package io.orderbridge.books;

import io.orderbridge.store.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Takes snapshots of the books that this product keeps itself. Thread-safe. */
@Singleton
public class OwnBooks {
  private final Database database;
  private final List<OwnBook> own;

  @Inject
  OwnBooks(Database database, Books books, Instance<OwnBook> own) {
    this(database, books, own.stream().toList());
  }

  public OwnBooks(Database database, Books books, List<OwnBook> own) {
    this.database = database;
    this.own =
        own.stream().sorted(Comparator.comparing((OwnBook one) -> one.book().name())).toList();
    this.own.forEach(one -> books.add(one.book()));
  }

  /**
   * Takes all of them as they are now. What has not changed since the day's last snapshot gives no
   * new one.
   *
   * @param day null for the day before {@code now}, in the zone of each book
   * @return the snapshots of the day, by the name of the book
   */
  public List<Snapshot> take(LocalDate day, Instant now) {
    return own.stream()
        .map(
            one ->
                take(
                    one,
                    day == null
                        ? LocalDate.ofInstant(now, one.book().from().zone()).minusDays(1)
                        : day,
                    now))
        .toList();
  }

  // First to a file: while rows are copied in, the order book cannot be asked in this transaction.
  private Snapshot take(OwnBook own, LocalDate day, Instant now) {
    try (SpooledRows rows = new SpooledRows()) {
      own.each(day, rows::add);
      rows.end();
      Book book = own.book();
      Snapshots.Entries entries = BookFiles.entries(book, day, book.layout(), rows);
      return database.inTransaction(connection -> Snapshots.take(connection, entries, now));
    }
  }
}
