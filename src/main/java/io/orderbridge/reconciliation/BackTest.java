package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.books.Unmatched;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a pass would have done in runs of the past. The same past gives the same figures. */
final class BackTest {
  private static final int WHOLE = 1_000;

  /**
   * A run of the past.
   *
   * @param lone what one side alone had in it
   * @param later items of later runs, or made by hand, in which such entries ended; those that
   *     matched or were tolerated count as what it should have found
   */
  record Past(LocalDate from, LocalDate to, List<Unmatched> lone, List<Item> later) {
    public Past {
      lone = List.copyOf(lone);
      later = List.copyOf(later);
    }
  }

  /**
   * Groups of entries, each counted once however many runs it was open in.
   *
   * @param found what the pass puts together
   * @param agreeing those of them that were put together just so later
   * @param toFind what was put together later, of entries that were lone together before
   */
  record Figures(int found, int agreeing, int toFind) {
    /** How much of what it finds is right, in thousandths; 0 when it finds nothing. */
    int precision() {
      return found == 0 ? 0 : agreeing * WHOLE / found;
    }

    /** How much of what there was it finds, in thousandths; 0 when there was nothing. */
    int recall() {
      return toFind == 0 ? 0 : agreeing * WHOLE / toFind;
    }
  }

  /** Entries of both sides that belong together. */
  private record Group(Set<Spot> left, Set<Spot> right) {
    static Group of(Item item) {
      return new Group(places(item.left()), places(item.right()));
    }
  }

  private BackTest() {}

  /** The pass goes alone over each run; entries that other passes would take are there as well. */
  static Figures of(Reconciliation what, Pass pass, List<Past> runs) {
    Reconciliation only = LinkRules.only(what, pass);
    Set<Group> found = new HashSet<>();
    Set<Group> right = new HashSet<>();
    for (Past run : runs) {
      Judge judge =
          new Judge(only, run.from(), run.to(), List.of(), item -> note(item, pass.id(), found));
      run.lone().forEach(judge::take);
      judge.finish();
      right.addAll(toFind(run));
    }
    int agreeing = (int) found.stream().filter(right::contains).count();
    return new Figures(found.size(), agreeing, right.size());
  }

  private static void note(Item item, String pass, Set<Group> found) {
    if (item.rule().equals(pass) && !item.left().isEmpty() && !item.right().isEmpty()) {
      found.add(Group.of(item));
    }
  }

  private static Set<Group> toFind(Past run) {
    Set<Spot> lone = new HashSet<>();
    run.lone().forEach(group -> lone.addAll(places(group.left())));
    run.lone().forEach(group -> lone.addAll(places(group.right())));
    Set<Group> groups = new HashSet<>();
    for (Item item : run.later()) {
      Group group = Group.of(item);
      boolean agrees = item.outcome() == Outcome.MATCHED || item.outcome() == Outcome.TOLERATED;
      boolean both = !item.left().isEmpty() && !item.right().isEmpty();
      if (agrees && both && lone.containsAll(group.left()) && lone.containsAll(group.right())) {
        groups.add(group);
      }
    }
    return groups;
  }

  private static Set<Spot> places(List<Line> lines) {
    return lines.stream().map(Spot::of).collect(Collectors.toSet());
  }
}
