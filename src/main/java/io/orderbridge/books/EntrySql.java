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

  /** Whether an entry counts; {@code true} when all do, as they do by no condition. */
  static String counts(Matching.Condition condition) {
    if (condition == null) {
      return "true";
    }
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
    return within(basis, period, false);
  }

  private static String within(Basis basis, Matching.Period period, boolean unknown) {
    return "coalesce(%1$s >= %2$s and %1$s < %3$s, %4$s)"
        .formatted(basis.column(), time(period.from()), time(period.to()), unknown);
  }

  /**
   * Whether an entry belongs to a period; one whose time is not known does. Matchings and reports
   * ask it alike, or reports would not foot.
   *
   * @param period null when all entries belong to it
   */
  static String belongs(Basis basis, Matching.Period period) {
    return period == null ? "true" : within(basis, period, true);
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
                id ->
                    "select %d::bigint as snapshot, %s from %s"
                        .formatted(id, COLUMNS, SnapshotSql.table(id)))
            .collect(Collectors.joining("\nunion all\n"));
  }
}
