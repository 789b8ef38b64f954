package io.orderbridge.books;

import io.orderbridge.books.Matched.Count;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Matches two lists of entries as the contract of {@link Matchings} says, one key at a time. */
final class MatchingJudge {
  private final Matching matching;
  private final Set<Seen> excluded = new HashSet<>();
  private final Set<Seen> givenAway = new HashSet<>();

  /**
   * @param at by the basis of its side
   */
  record Seen(
      long snapshot,
      int place,
      String key,
      EntryKind kind,
      long minor,
      String currency,
      long pieces,
      String status,
      Instant at,
      boolean carried) {
    Seen of(long id, Basis basis) {
      return new Seen(id, place, key, kind, minor, currency, pieces, status, at, false);
    }

    Seen asCarried() {
      return new Seen(snapshot, place, key, kind, minor, currency, pieces, status, at, true);
    }

    boolean meets(Matching.Condition counts) {
      return counts == null
          || (counts.statuses().isEmpty() || status.isEmpty() || counts.statuses().contains(status))
              && (counts.kinds().isEmpty() || counts.kinds().contains(kind))
              && (counts.known().isEmpty() || at != null);
    }
  }

  MatchingJudge(Matching matching) {
    this.matching = matching;
  }

  static String text(Unmatched one) {
    return "%s %s %s".formatted(one.key(), lines(one.left()), lines(one.right()));
  }

  private static List<String> lines(List<Line> lines) {
    return lines.stream()
        .map(
            line ->
                "%d/%d %s %d %s %s %s"
                    .formatted(
                        line.snapshot(),
                        line.place(),
                        line.kind(),
                        line.minor(),
                        line.currency(),
                        line.status(),
                        line.inPeriod()))
        .toList();
  }

  List<String> given(List<Seen> left, List<Seen> right) {
    Map<String, List<List<Seen>>> byKey = new TreeMap<>();
    put(left, matching.left(), 0, byKey);
    put(right, matching.right(), 1, byKey);
    List<String> given = new ArrayList<>();
    byKey.forEach(
        (key, sides) -> {
          if (matching.net()) {
            net(sides.get(0), sides.get(1));
          } else {
            for (EntryKind kind : EntryKind.values()) {
              each(of(kind, sides.get(0)), of(kind, sides.get(1)));
            }
            whole(sides.get(0), sides.get(1));
          }
          List<String> here = told(sides.get(0));
          List<String> there = told(sides.get(1));
          if (here.size() + there.size() > 0) {
            given.add("%s %s %s".formatted(key, here, there));
          }
        });
    return given;
  }

  private void put(
      List<Seen> entries, Matching.Side side, int at, Map<String, List<List<Seen>>> byKey) {
    for (Seen one : entries) {
      if (one.meets(side.counts())) {
        byKey
            .computeIfAbsent(one.key(), key -> List.of(new ArrayList<>(), new ArrayList<>()))
            .get(at)
            .add(one);
      } else {
        excluded.add(one);
      }
    }
  }

  private static List<Seen> of(EntryKind kind, List<Seen> entries) {
    return entries.stream().filter(one -> one.kind() == kind).toList();
  }

  private void each(List<Seen> left, List<Seen> right) {
    for (int rank = 0; rank < Math.max(left.size(), right.size()); rank++) {
      Seen here = rank < left.size() ? left.get(rank) : null;
      Seen there = rank < right.size() ? right.get(rank) : null;
      if (!in(here) && !in(there)) {
        put(excluded, here, there);
      } else if (!in(here) || !in(there) || !same(here, there)) {
        put(givenAway, here, there);
      }
    }
  }

  private void whole(List<Seen> left, List<Seen> right) {
    List<Seen> all = new ArrayList<>(left);
    all.addAll(right);
    if (all.stream().anyMatch(givenAway::contains)) {
      givenAway.addAll(all);
      givenAway.removeAll(excluded);
    }
  }

  private static void put(Set<Seen> into, Seen one, Seen other) {
    into.add(one);
    into.add(other);
  }

  private boolean in(Seen one) {
    return one != null && (matching.period() == null || matching.period().has(one.at()));
  }

  private boolean same(Seen left, Seen right) {
    boolean status =
        left.status().isEmpty() || right.status().isEmpty() || left.status().equals(right.status());
    return status
        && (matching.quantity()
            ? left.pieces() == right.pieces()
            : left.minor() == right.minor() && left.currency().equals(right.currency()));
  }

  private void net(List<Seen> left, List<Seen> right) {
    List<Seen> all = new ArrayList<>(left);
    all.addAll(right);
    if (all.stream().noneMatch(this::in)) {
      excluded.addAll(all);
    } else if (!all.stream().allMatch(this::in)
        || !count(left).sums().equals(count(right).sums())) {
      givenAway.addAll(all);
    }
  }

  private List<String> told(List<Seen> entries) {
    return entries.stream()
        .filter(givenAway::contains)
        .map(
            one ->
                "%d/%d %s %d %s %s %s"
                    .formatted(
                        one.snapshot(),
                        one.place(),
                        one.kind(),
                        one.minor(),
                        one.currency(),
                        one.status(),
                        in(one)))
        .collect(Collectors.toList());
  }

  /** Entries, carried, excluded, given away, matched, of one side. */
  List<Count> ends(List<Seen> side) {
    List<Seen> rest = new ArrayList<>(side);
    rest.removeAll(excluded);
    rest.removeAll(givenAway);
    return List.of(
        count(side),
        count(side.stream().filter(Seen::carried).toList()),
        count(side.stream().filter(excluded::contains).toList()),
        count(side.stream().filter(givenAway::contains).toList()),
        count(rest));
  }

  private Count count(List<Seen> entries) {
    Map<String, BigInteger> sums = new TreeMap<>();
    for (Seen one : entries) {
      sums.merge(
          matching.quantity() ? "" : one.currency(),
          BigInteger.valueOf(matching.quantity() ? one.pieces() : one.minor()),
          BigInteger::add);
    }
    return new Count(entries.size(), sums);
  }
}
