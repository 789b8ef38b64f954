package io.orderbridge.books;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;

/** A book that this product keeps itself, such as its orders. Thread-safe. */
public interface OwnBook {
  /** How its rows become entries. Its name is that of no connection. */
  Book book();

  /**
   * Gives the rows of a day, column to text; all have the same columns in the same order. Asked
   * again it gives what is known then.
   */
  void each(LocalDate day, Consumer<Map<String, String>> row);
}
