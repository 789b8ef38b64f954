package io.orderbridge.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What one answer told. Null is what it did not tell.
 *
 * @param total how many there are in the window
 * @param more whether another page follows
 * @param cursor names the next page
 */
record Page(List<JsonNode> items, Long total, Boolean more, String cursor) {
  static final Page EMPTY = new Page(List.of(), 0L, false, null);

  boolean isLast() {
    return Boolean.FALSE.equals(more);
  }
}
