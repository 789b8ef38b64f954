package io.orderbridge.books;

import io.orderbridge.rows.Rows;
import java.util.Map;

/** Shares the amount of an order among its rows, before they become entries. */
final class Allocating implements Rows.Sink {
  private final Rows.Sink next;

  Allocating(Book book, Rows.Sink next) {
    this.next = next;
  }

  @Override
  public void row(Map<String, String> row) {
    next.row(row);
  }

  @Override
  public void refused(int line, String why) {
    next.refused(line, why);
  }

  @Override
  public void note(String note) {
    next.note(note);
  }

  /** The last order ends with the file. */
  void finish() {}
}
