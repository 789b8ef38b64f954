package io.orderbridge.books;

import java.util.List;

/**
 * The entries of one key that are not simply the same on both sides. What of the key is the same is
 * not among them.
 */
public record Unmatched(String key, List<Line> left, List<Line> right) {
  public Unmatched {
    left = List.copyOf(left);
    right = List.copyOf(right);
  }
}
