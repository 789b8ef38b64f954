package io.orderbridge.books;

import java.time.Instant;

/**
 * Two snapshots to be compared over a period. An entry belongs to the period when its time does by
 * the basis of its side, or when that time is not known.
 *
 * @param period from, to: the end does not belong to it
 */
public record Matching(Side left, Side right, Period period, Tolerance tolerance) {
  /** One book, and by which of its times it is cut. */
  public record Side(long snapshot, Basis basis) {}

  /** From one time up to another one that does not belong to it. */
  public record Period(Instant from, Instant to) {
    public Period {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("the period from %s to %s is none".formatted(from, to));
      }
    }
  }

  String rules() {
    return "left by %s, right by %s, below %s of left"
        .formatted(left.basis(), right.basis(), tolerance);
  }
}
