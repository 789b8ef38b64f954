package io.orderbridge.books;

import java.util.Set;

/**
 * Which entries count.
 *
 * @param statuses in our words; empty for all
 * @param kinds empty for all
 */
public record Condition(Set<String> statuses, Set<EntryKind> kinds) {
  public Condition {
    statuses = Set.copyOf(statuses);
    kinds = Set.copyOf(kinds);
  }
}
