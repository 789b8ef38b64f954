package io.orderbridge.books;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;

/** Takes files that people give. */
@Singleton
public class Uploads {
  private final Database database;
  private final BookFiles files;

  public Uploads(Database database, BookFiles files) {
    this.database = database;
    this.files = files;
  }

  /**
   * Takes a file as the snapshot of a day, and notes who gave it.
   *
   * @param file read once, never whole in memory
   * @throws Refusal FILE_REFUSED when the file is not taken as a whole; nothing of it is kept
   */
  Snapshot take(Book book, LocalDate day, InputStream file, String actor, Instant now) {
    if (!book.isOfFiles()) {
      throw new Refusal(
          Cause.FILE_REFUSED,
          book.name(),
          "the rows of this book come one by one: read its source again instead, POST"
              + " /api/sources/%s/read-again".formatted(book.from().source()));
    }
    Snapshot taken;
    try {
      taken = files.take(book, day, file, now);
    } catch (IOException e) {
      throw new UncheckedIOException("the file of %s for %s".formatted(book.name(), day), e);
    }
    database.run(
        connection ->
            Audit.write(
                connection,
                new Audit.Act(
                    actor,
                    "book.uploaded",
                    book.name(),
                    "",
                    "day=%s snapshot=%d hash=%s".formatted(day, taken.id(), taken.seal().hash()))));
    return taken;
  }
}
