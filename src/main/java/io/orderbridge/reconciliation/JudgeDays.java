package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Line;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** On which day of the reconciliation's zone an entry is, by the basis of its side. */
record JudgeDays(ZoneId zone, Basis left, Basis right) {
  static JudgeDays of(Reconciliation what) {
    return new JudgeDays(what.zone(), what.left().basis(), what.right().basis());
  }

  /** The earliest of them; null when none is known. */
  LocalDateTime firstTime(List<Line> lines, boolean ofLeft) {
    Basis basis = ofLeft ? left : right;
    Instant first = null;
    for (Line line : lines) {
      Instant at = line.times().get(basis);
      if (at != null && (first == null || at.isBefore(first))) {
        first = at;
      }
    }
    return first == null ? null : LocalDateTime.ofInstant(first, zone);
  }

  LocalDate first(List<Line> lines, boolean ofLeft) {
    LocalDateTime time = firstTime(lines, ofLeft);
    return time == null ? null : time.toLocalDate();
  }
}
