package io.orderbridge.reconciliation;

import io.orderbridge.books.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Sets the two sides of a run against each other. */
interface Comparing {
  /**
   * Gives every item; what is simply the same on both sides is in no item. The same task gives the
   * same items, in whatever order.
   *
   * @return what came in, and of it what the items do not say: what simply matched, what does not
   *     count
   * @throws IllegalStateException when an entry was lost or doubled
   */
  Tally.Both compare(Connection connection, Task task, Consumer<Item> items, Progress progress)
      throws SQLException;

  /**
   * @param links no entry stands in two of them
   * @param at when the run was made first: definitions are read as they were then
   */
  record Task(Reconciliation what, Run.Of of, Run.Inputs inputs, List<HandLink> links, Instant at) {
    public Task {
      links = List.copyOf(links);
    }
  }
}
