package io.orderbridge.reconciliation;

import io.orderbridge.books.Book;
import io.orderbridge.books.Books;
import io.orderbridge.schedule.DayStates;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;

/** Whether a day of a book is complete, by the windows of the source that brings it. */
@Singleton
class BookDays implements Standings {
  private static final Standing GONE =
      new Standing("NEVER_READ", null, "no connection in force has its source");

  private final Books books;
  private final DayStates days;

  BookDays(Books books, DayStates days) {
    this.books = books;
    this.days = days;
  }

  @Override
  public boolean declared(String book) {
    return books.find(book).isPresent();
  }

  @Override
  public boolean monthly(String book) {
    return books.find(book).map(found -> found.from().monthly()).orElse(false);
  }

  @Override
  public Standing of(String name, LocalDate day, Instant now) {
    Book.From from = books.find(name).map(Book::from).orElse(null);
    if (from == null) {
      return GONE;
    }
    return from.source() == null
        ? Standing.FILE
        : days.find(from.source(), day, from.zone(), now)
            .map(state -> new Standing(state.word(), state.dueAt(), state.problem()))
            .orElse(GONE);
  }
}
