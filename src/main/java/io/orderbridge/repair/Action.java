package io.orderbridge.repair;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One kind of repair. A further kind is one more bean of this type, and its roles in {@link
 * RepairRules}.
 */
interface Action {
  /** In the API, in files and in the database; never renamed. */
  String name();

  /** In the audit of each order, for example {@code order.forced}. */
  String act();

  /** What may be said for all orders of a repair. */
  Set<String> options();

  /** What may be said in a line of the list, beside {@code shop} and {@code number}. */
  Set<String> fields();

  /**
   * @throws IllegalArgumentException when the options are wrong, with what is allowed
   */
  void check(Wish wish);

  /** What is wrong with a line; empty when nothing is. Looks into no database. */
  String wrong(Wish wish, Line line);

  /**
   * What would happen to each of the orders, one effect per line in their order. Changes nothing;
   * joins the caller's transaction. Asked for the dry run, and once more before it is done.
   */
  List<Effect> foresee(Connection connection, Wish wish, List<Line> lines, Instant now)
      throws SQLException;

  /** How many are claimed at once. */
  int batch();

  /**
   * Within which time a batch ends; what is not marked by then is taken over by another process.
   */
  Duration lease();

  /**
   * Does it, outside of any transaction. A process may die before the result is written: then it is
   * done again under the same key and version, and must not have its effect twice.
   *
   * @throws TryLater when the clock may help
   * @throws Refusal when a person has to act; nothing was changed
   */
  Marking apply(Task task);

  /** Part of an application that stands if and only if the order is marked as done. */
  @FunctionalInterface
  interface Marking {
    /** Joins the transaction that marks the order. */
    Marked write(Connection connection) throws SQLException;
  }

  /**
   * @param after how the order stands now
   * @param targets where it is read back
   */
  record Marked(String after, List<Shown> targets) {}

  /** Looks how far each target is, outside of any transaction; looking twice is harmless. */
  List<Shown> readBack(Task task, List<Shown> before, Instant now);
}
