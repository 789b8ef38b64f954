package io.orderbridge.reconciliation;

import io.orderbridge.books.BookDays;
import io.orderbridge.books.BookDays.BookDay;
import io.orderbridge.books.Books;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;

/** The books of the connections in force. */
@Singleton
class BookStandings implements Standings {
  private static final BookDay GONE =
      new BookDay("NEVER_READ", null, null, "no connection in force has the book");

  private final Books books;
  private final BookDays days;

  BookStandings(Books books, BookDays days) {
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
  public BookDay of(String name, LocalDate day, Instant now) {
    return books.find(name).map(book -> days.find(book, day, now)).orElse(GONE);
  }
}
