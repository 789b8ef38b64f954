package io.orderbridge.books;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Two sides to be set against each other, key by key.
 *
 * @param period entries are cut by it: what does not belong to it is not the same as what does;
 *     null when all entries belong to it
 * @param net whether all of a key on one side is set against all of it on the other; otherwise its
 *     entries are paired one by one, each kind by itself, in the order of their lines
 * @param quantity whether pieces have to be the same, not amounts; nothing is said of money then
 */
public record Matching(Side left, Side right, Period period, boolean net, boolean quantity) {
  /**
   * One side: all entries of some snapshots, and what earlier runs left open.
   *
   * @param snapshots in the order of their days, each once; {@code counts} and the period are
   *     applied to their entries
   * @param basis by which of its times an entry belongs to the period; one that is not known does
   * @param counts what counts of them; null for everything
   */
  public record Side(List<Long> snapshots, List<Carried> carried, Basis basis, Condition counts) {
    public Side {
      snapshots = List.copyOf(snapshots);
      carried = List.copyOf(carried);
      if (new HashSet<>(snapshots).size() < snapshots.size()) {
        throw new IllegalArgumentException("a snapshot is twice in " + snapshots);
      }
    }

    /** All entries of some snapshots. */
    public static Side of(Basis basis, Long... snapshots) {
      return new Side(List.of(snapshots), List.of(), basis, null);
    }
  }

  /**
   * What a run left open: the entries on one side of its items that are carried.
   *
   * @param side of that run: L or R
   */
  public record Carried(long run, String side) {
    public Carried {
      if (!side.equals("L") && !side.equals("R")) {
        throw new IllegalArgumentException("the side is '%s', expected L or R".formatted(side));
      }
    }
  }

  /**
   * What counts; an entry has to meet all of it.
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

  /** From one time up to another one that does not belong to it. */
  public record Period(Instant from, Instant to) {
    public Period {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("the period from %s to %s is none".formatted(from, to));
      }
    }

    boolean has(Instant at) {
      return at == null || !at.isBefore(from) && at.isBefore(to);
    }
  }
}
