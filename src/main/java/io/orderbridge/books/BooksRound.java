package io.orderbridge.books;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Round;
import io.orderbridge.schedule.DayStates;
import io.orderbridge.schedule.DayStates.DayState;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Watches the source calendar: a day whose rows came one by one is cut into a snapshot once its
 * source is proved, and again when a row of it changes; a day on which a source had nothing becomes
 * a snapshot without an entry. Days before the last ten are looked at when their rows change, or
 * when they were read in the last ten.
 */
@Singleton
class BooksRound implements Round {
  private static final Logger LOG = Logger.getLogger(BooksRound.class);
  private static final Duration EVERY = Duration.ofSeconds(15);
  // Longer than any holiday over which a bank is shut.
  private static final int DAYS_BACK = 10;

  private final Database database;
  private final Books books;
  private final BookFiles files;
  private final Staging staging;
  private final DayStates days;
  // What was refused already, so that it is not told again every round.
  private final Map<String, String> told = new ConcurrentHashMap<>();

  BooksRound(Database database, Books books, BookFiles files, Staging staging, DayStates days) {
    this.database = database;
    this.books = books;
    this.files = files;
    this.staging = staging;
    this.days = days;
  }

  @Override
  public String name() {
    return "books";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    for (Book book : books.all()) {
      if (book.from().source() != null) {
        book(book, now);
      }
    }
  }

  private void book(Book book, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, book.from().zone());
    Set<LocalDate> open = new TreeSet<>(lately(book, today, now));
    open.removeAll(taken(book, open));
    if (!book.isOfFiles()) {
      open.addAll(staging.open(book.name()));
    }
    open.forEach(day -> day(book, day, now));
  }

  /** Days that may be complete now: the last ones, and old ones that were read lately. */
  private Set<LocalDate> lately(Book book, LocalDate today, Instant now) {
    Instant since = now.minus(Duration.ofDays(DAYS_BACK));
    Set<LocalDate> lately = new TreeSet<>();
    lately.addAll(days.provedSince(book.from().source(), book.from().zone(), since));
    lately.addAll(today.minusDays(DAYS_BACK).datesUntil(today).toList());
    lately.removeIf(day -> !day.isBefore(today));
    return lately;
  }

  private Set<LocalDate> taken(Book book, Set<LocalDate> some) {
    LocalDate first = Collections.min(some);
    return database.inTransaction(
        connection ->
            new HashSet<>(SnapshotSql.days(connection, book.name(), first, Collections.max(some))));
  }

  private void day(Book book, LocalDate day, Instant now) {
    Optional<DayState> state = days.find(book.from().source(), day, book.from().zone(), now);
    if (state.isEmpty() || !state.get().isComplete()) {
      return;
    }
    try {
      if (book.isOfFiles()) {
        // What brought a file has a route that takes it.
        if (state.get().items() == 0) {
          files.takeNothing(book, day, now);
        }
      } else if (staging.cut(book, day, now).isEmpty()) {
        files.takeNothing(book, day, now);
      }
    } catch (Refusal e) {
      // Too many of its rows are no entries: the layout is wrong. The other books go on.
      if (!e.getMessage().equals(told.put(book.name() + " " + day, e.getMessage()))) {
        LOG.warnf("snapshot.refused book=%s day=%s why=%s", book.name(), day, e.getMessage());
      }
    }
  }
}
