package io.orderbridge.rows;

import java.io.IOException;
import java.util.List;

/** What a file of rows consists of, whatever its format: one item after the other. */
interface Records {
  /** The next item, or null after the last. */
  Item next() throws IOException;

  /**
   * Whether the next item is a row that is plain; it is told its cells then, and stays the next.
   */
  default boolean plain(PlainRows rows) throws IOException {
    return false;
  }

  /** Goes past the item that was found plain. */
  default void pass() {}

  /**
   * A line of text, or a row of a sheet.
   *
   * @param line where it begins, the first is 1
   * @param text what a footer is recognised by
   * @param wrong why it can be no row; null when nothing speaks against it
   */
  record Item(int line, String text, List<String> cells, String wrong) {}
}
