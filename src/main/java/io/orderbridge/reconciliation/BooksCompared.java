package io.orderbridge.reconciliation;

import io.orderbridge.books.Matched;
import io.orderbridge.books.Matching;
import io.orderbridge.books.Matchings;
import io.orderbridge.books.Progress;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** What is simply the same is found as sets in the database, the rest is judged one by one. */
@Singleton
class BooksCompared implements Comparing {
  private final Matchings matchings;
  private final Counts counts;

  BooksCompared(Matchings matchings, Counts counts) {
    this.matchings = matchings;
    this.counts = counts;
  }

  @Override
  public Tally.Both compare(
      Connection connection, Task task, Consumer<Item> items, Progress progress)
      throws SQLException {
    Reconciliation what = task.what();
    Judge judge = new Judge(what, task.of().from(), task.of().to(), task.links(), items);
    Matching matching =
        new Matching(
            side(connection, task, true),
            side(connection, task, false),
            period(task),
            what.tally() == Reconciliation.Tally.NET,
            what.compare() == Reconciliation.Compare.QUANTITY);
    Matched matched = matchings.match(connection, matching, judge::take, progress);
    progress.at("judging", 0, 0);
    judge.finish();
    return new Tally.Both(tally(matched.left()), tally(matched.right()));
  }

  // Entries of a day are those of its snapshots; of a month they are cut by their time.
  private static Matching.Period period(Task task) {
    return task.what().every() == Reconciliation.Every.DAY
        ? null
        : new Matching.Period(
            task.of().from().atStartOfDay(task.what().zone()).toInstant(),
            task.of().to().plusDays(1).atStartOfDay(task.what().zone()).toInstant());
  }

  private Matching.Side side(Connection connection, Task task, boolean left) throws SQLException {
    Run.Inputs inputs = task.inputs();
    Reconciliation.Side side = left ? task.what().left() : task.what().right();
    List<Matching.Carried> carried =
        inputs.carriedFrom() == null
            ? List.of()
            : List.of(new Matching.Carried(inputs.carriedFrom(), left ? "L" : "R"));
    return new Matching.Side(
        left ? inputs.left() : inputs.right(),
        carried,
        side.basis(),
        counts.condition(connection, side.counts(), inputs.definitions(), task.at()));
  }

  private static Tally tally(Matched.Side side) {
    Tally tally = new Tally();
    tally.count(Tally.Part.ENTRIES, side.entries().rows() - side.carried().rows());
    tally.count(Tally.Part.CARRIED, side.carried().rows());
    tally.count(Tally.Part.MATCHED, side.matched().rows());
    tally.count(Tally.Part.EXCLUDED, side.excluded().rows());
    side.entries().sums().forEach((code, sum) -> tally.add(Tally.Part.ENTRIES, code, sum));
    side.carried()
        .sums()
        .forEach(
            (code, sum) -> {
              tally.add(Tally.Part.CARRIED, code, sum);
              tally.add(Tally.Part.ENTRIES, code, sum.negate());
            });
    side.matched().sums().forEach((code, sum) -> tally.add(Tally.Part.MATCHED, code, sum));
    side.excluded().sums().forEach((code, sum) -> tally.add(Tally.Part.EXCLUDED, code, sum));
    return tally;
  }
}
