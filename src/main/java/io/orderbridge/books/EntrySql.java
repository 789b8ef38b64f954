package io.orderbridge.books;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is put into statements over entries. Texts are quoted; the rest are numbers, times and names
 * of ours.
 */
final class EntrySql {
  static final String COLUMNS =
      "key, amount, quantity, ordered_at, paid_at, shipped_at, settled_at, place, currency,"
          + " status, kind, shop, sku, ref, converted";

  private EntrySql() {}

  /** Whether an entry counts; {@code true} when all do. */
  static String counts(Matching.Condition condition) {
    List<String> all = new ArrayList<>();
    if (!condition.statuses().isEmpty()) {
      all.add("(status = '' or status in (%s))".formatted(words(condition.statuses())));
    }
    if (!condition.kinds().isEmpty()) {
      all.add("coalesce(kind, '%s') in (%s)".formatted(EntryKind.SALE, words(condition.kinds())));
    }
    condition.known().stream().sorted().forEach(basis -> all.add(basis.column() + " is not null"));
    return all.isEmpty() ? "true" : String.join(" and ", all);
  }

  private static String words(Set<?> words) {
    return words.stream()
        .map(word -> quoted(word.toString()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "''") + "'";
  }

  /** Whether the time of a basis is in a period; an entry without that time is in none. */
  static String within(Basis basis, Matching.Period period) {
    return "coalesce(%1$s >= %2$s and %1$s < %3$s, false)"
        .formatted(basis.column(), time(period.from()), time(period.to()));
  }

  static String time(Instant at) {
    return "'%s'::timestamptz".formatted(at);
  }

  /** The entries of all of the snapshots. */
  static String union(List<Long> snapshots) {
    return snapshots.isEmpty()
        ? "select 0::bigint as snapshot, %s from books.entry where false".formatted(COLUMNS)
        : snapshots.stream()
            .map(
                id -> "select %d::bigint as snapshot, %s from %s".formatted(id, COLUMNS, table(id)))
            .collect(Collectors.joining("\nunion all\n"));
  }

  private static String table(long id) {
    return SnapshotSql.table(id);
  }
}
