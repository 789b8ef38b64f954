package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entries of which a person said that they belong together. In their order, for a run is hashed
 * over what its links say, and a set of any other order has another one in each process.
 *
 * @param id stands in the rule of the item, as {@code hand:<id>}
 */
public record HandLink(long id, Set<Spot> left, Set<Spot> right) {
  public HandLink {
    left = Collections.unmodifiableSet(new TreeSet<>(left));
    right = Collections.unmodifiableSet(new TreeSet<>(right));
  }

  /** An entry: its snapshot, and where it stands there. */
  public record Spot(long snapshot, int place) implements Comparable<Spot> {
    private static final Comparator<Spot> ORDER =
        Comparator.comparingLong(Spot::snapshot).thenComparingInt(Spot::place);

    static Spot of(Line line) {
      return new Spot(line.snapshot(), line.place());
    }

    @Override
    public int compareTo(Spot other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return "%d/%d".formatted(snapshot, place);
    }
  }

  /** Its entries of both sides. */
  Set<Spot> all() {
    return both(left, right);
  }

  static Set<Spot> both(Set<Spot> left, Set<Spot> right) {
    Set<Spot> both = new HashSet<>(left);
    both.addAll(right);
    return both;
  }
}
