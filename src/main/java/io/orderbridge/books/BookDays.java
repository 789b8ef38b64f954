package io.orderbridge.books;

import io.orderbridge.schedule.DayStates;
import io.orderbridge.schedule.DayStates.DayState;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Whether a book has said all of a day, for who waits for it. */
@Singleton
public class BookDays {
  private final Database database;
  private final DayStates sources;

  public BookDays(Database database, DayStates sources) {
    this.database = database;
    this.sources = sources;
  }

  /**
   * A day of a book.
   *
   * @param word COMPLETE when its last snapshot holds all of it; AWAITED is not due yet and no
   *     fault; DUE and LATE are on the way; NEVER_READ was never asked for; MISSING is a day of
   *     which nothing came and no source tells when it does; REFUSED was read but gave no snapshot
   * @param snapshot the newest one of the day; null when there is none
   * @param dueAt when what is missing is or was due; null when nothing says
   * @param problem why it is missing; null when there is nothing to say
   */
  public record BookDay(String word, Snapshot snapshot, Instant dueAt, String problem) {
    public boolean isComplete() {
      return word.equals("COMPLETE");
    }
  }

  /** A day in the zone of the book. */
  public BookDay find(Book book, LocalDate day, Instant now) {
    Optional<Snapshot> last =
        database.inTransaction(
            connection -> SnapshotSql.last(connection, new Snapshot.Of(book.name(), day)));
    if (book.from().source() == null) {
      // What came on its day may still be followed by more.
      Instant end = day.plusDays(1).atStartOfDay(book.from().zone()).toInstant();
      String over = last.isPresent() ? "COMPLETE" : "MISSING";
      return new BookDay(end.isAfter(now) ? "AWAITED" : over, last.orElse(null), null, null);
    }
    Optional<DayState> source = sources.find(book.from().source(), day, book.from().zone(), now);
    return source
        .map(state -> of(state, last, isCut(book, day)))
        .orElseGet(
            () ->
                new BookDay(
                    "NEVER_READ",
                    last.orElse(null),
                    null,
                    "no connection in force has the source " + book.from().source()));
  }

  private static BookDay of(DayState state, Optional<Snapshot> last, boolean cut) {
    if (!state.isComplete()) {
      String word = state.word().equals("READ") ? "DUE" : state.word();
      return new BookDay(word, last.orElse(null), state.dueAt(), state.problem());
    }
    if (last.isPresent() && cut) {
      return new BookDay("COMPLETE", last.get(), null, null);
    }
    return new BookDay(
        "REFUSED",
        last.orElse(null),
        state.dueAt(),
        "all of it was read, but its last rows are in no snapshot: look at the dead letters, and"
            + " whether the route has the step books:");
  }

  private boolean isCut(Book book, LocalDate day) {
    return book.isOfFiles()
        || database.inTransaction(
            connection -> !StagingSql.open(connection, book.name()).contains(day));
  }
}
