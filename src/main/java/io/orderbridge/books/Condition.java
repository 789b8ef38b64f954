package io.orderbridge.books;

import java.util.Set;

/**
 * Which entries count.
 *
 * @param statuses in our words; empty for all. An entry of a source that has no statuses meets it
 * @param kinds empty for all
 * @param known times that have to be known, such as {@link Basis#PAID} for what was paid
 */
public record Condition(Set<String> statuses, Set<EntryKind> kinds, Set<Basis> known) {
  public Condition {
    statuses = Set.copyOf(statuses);
    kinds = Set.copyOf(kinds);
    known = Set.copyOf(known);
  }
}
