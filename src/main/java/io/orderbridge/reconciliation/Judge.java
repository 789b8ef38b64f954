package io.orderbridge.reconciliation;

import io.orderbridge.books.Unmatched;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides what became of the entries that are not simply the same in both books. Every entry that
 * is taken ends in exactly one item. The same entries and links give the same items, in whatever
 * order they are taken; items come in any order. Not thread-safe; for one run.
 */
public final class Judge {
  private final Reconciliation what;
  private final Consumer<Item> items;

  /** An entry: its snapshot, and where it stands there. */
  public record At(long snapshot, int place) {}

  /**
   * Entries of which a person said that they belong together.
   *
   * @param id stands in the rule of the item, as {@code hand:<id>}
   */
  public record Link(String id, Set<At> left, Set<At> right) {
    public Link {
      left = Set.copyOf(left);
      right = Set.copyOf(right);
    }
  }

  /**
   * @param from first day of the run's period
   * @param to its last day, which belongs to it
   * @param links no entry stands in two of them
   * @param items is given what is decided, from within {@link #take} and {@link #finish}
   */
  public Judge(
      Reconciliation what, LocalDate from, LocalDate to, List<Link> links, Consumer<Item> items) {
    this.what = what;
    this.items = items;
  }

  /** Takes the entries of one key. Each key comes once. */
  public void take(Unmatched group) {}

  /** Decides what was kept. Nothing is taken afterwards. */
  public void finish() {}
}
