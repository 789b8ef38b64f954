package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import java.util.List;

/**
 * Entries that belong together, and what became of them.
 *
 * @param rule id of the rule or pass that decided
 * @param key what they are known by
 * @param left may be empty
 * @param right may be empty
 * @param carried whether they go into the next run, because a later day may clear them
 * @param why one sentence that names the rule
 */
public record Item(
    Outcome outcome,
    BreakClass kind,
    String rule,
    String key,
    List<Line> left,
    List<Line> right,
    boolean carried,
    Wording why) {
  public Item {
    left = List.copyOf(left);
    right = List.copyOf(right);
  }
}
