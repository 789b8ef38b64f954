package io.orderbridge.books;

import io.orderbridge.rows.Rows;
import java.io.IOException;

/**
 * The rows of a book's day, given from the first one on each time they are asked for: the database
 * may ask for a transaction again.
 */
@FunctionalInterface
interface Feed {
  /**
   * @throws io.orderbridge.kernel.Refusal when they cannot be taken as a whole; nothing of them is
   */
  void give(Rows.Sink sink) throws IOException;
}
