package io.orderbridge.books;

import io.orderbridge.books.BookDays.BookDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A book as callers of the API see it. */
final class BookView {
  private static final int DAYS_BACK = 10;

  private final Book book;
  private final BookDays days;
  private final Instant now;

  BookView(Book book, BookDays days, Instant now) {
    this.book = book;
    this.days = days;
    this.now = now;
  }

  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("book", book.name());
    view.put("source", book.from().source());
    view.put("table", book.from().table());
    view.put("zone", book.from().zone().getId());
    days(view);
    view.values().removeIf(Objects::isNull);
    return view;
  }

  // Days before the first that is known were never asked for, and are not open.
  private void days(Map<String, Object> view) {
    LocalDate today = LocalDate.ofInstant(now, book.from().zone());
    List<Map<String, Object>> open = new ArrayList<>();
    LocalDate complete = null;
    Snapshot last = null;
    for (LocalDate day = today.minusDays(DAYS_BACK); day.isBefore(today); day = day.plusDays(1)) {
      BookDay found = days.find(book, day, now);
      last = found.snapshot() == null ? last : found.snapshot();
      boolean begun = complete != null || !open.isEmpty() || last != null;
      if (found.isComplete()) {
        complete = open.isEmpty() ? day : complete;
      } else if (begun || book.from().source() != null && !found.word().equals("NEVER_READ")) {
        open.add(open(null, day, found));
      }
    }
    view.put("completeUntil", complete == null ? null : complete.toString());
    view.put("last", last == null ? null : SnapshotView.of(last));
    view.put("open", open);
  }

  static Map<String, Object> open(String name, LocalDate day, BookDay found) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("book", name);
    view.put("day", day.toString());
    view.put("state", found.word());
    view.put("dueAt", found.dueAt() == null ? null : found.dueAt().toString());
    view.put("problem", found.problem());
    view.values().removeIf(Objects::isNull);
    return view;
  }
}
