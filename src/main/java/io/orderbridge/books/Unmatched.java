package io.orderbridge.books;

import java.util.List;

/**
 * The entries of one key that is not simply the same on both sides, each side in the order of its
 * days and lines; all of them but what is excluded.
 */
public record Unmatched(String key, List<Line> left, List<Line> right) {
  public Unmatched {
    left = List.copyOf(left);
    right = List.copyOf(right);
  }
}
