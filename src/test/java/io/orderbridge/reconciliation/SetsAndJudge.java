package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Matched;
import io.orderbridge.books.Matching;
import io.orderbridge.books.Matchings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

final class SetsAndJudge implements Comparing {
  private static final Map<String, Matching.Condition> COUNTS =
      Map.of(
          "turnover",
          new Matching.Condition(
              Set.of("PAID", "SHIPPED", "COMPLETED"),
              Set.of(EntryKind.SALE, EntryKind.REFUND),
              Set.<Basis>of()),
          "received",
          new Matching.Condition(
              Set.of(), Set.of(EntryKind.SALE, EntryKind.REFUND), Set.<Basis>of()));

  private final Matchings matchings = new Matchings();

  @Override
  public Tally.Both compare(
      Connection connection, Task task, Consumer<Item> items, Progress progress)
      throws SQLException {
    Reconciliation what = task.what();
    Matching.Period period =
        what.every() == Reconciliation.Every.DAY
            ? null
            : new Matching.Period(
                task.of().from().atStartOfDay(what.zone()).toInstant(),
                task.of().to().plusDays(1).atStartOfDay(what.zone()).toInstant());
    Judge judge = new Judge(what, task.of().from(), task.of().to(), List.of(), items);
    Long from = task.inputs().carriedFrom();
    Matched matched =
        matchings.match(
            connection,
            new Matching(
                side(what.left(), task.inputs().left(), from, "L"),
                side(what.right(), task.inputs().right(), from, "R"),
                period,
                what.tally() == Reconciliation.Tally.NET,
                what.compare() == Reconciliation.Compare.QUANTITY),
            judge::take);
    judge.finish();
    return new Tally.Both(tally(matched.left()), tally(matched.right()));
  }

  private static Matching.Side side(
      Reconciliation.Side side, List<Long> snapshots, Long from, String name) {
    return new Matching.Side(
        snapshots,
        from == null ? List.of() : List.of(new Matching.Carried(from, name)),
        side.basis(),
        side.counts() == null ? null : COUNTS.get(side.counts()));
  }

  private static Tally tally(Matched.Side side) {
    Tally tally = new Tally();
    put(tally, Tally.Part.ENTRIES, side.entries());
    put(tally, Tally.Part.CARRIED, side.carried());
    tally.count(Tally.Part.ENTRIES, -side.carried().rows());
    side.carried().sums().forEach((code, sum) -> tally.add(Tally.Part.ENTRIES, code, sum.negate()));
    put(tally, Tally.Part.EXCLUDED, side.excluded());
    put(tally, Tally.Part.MATCHED, side.matched());
    return tally;
  }

  private static void put(Tally tally, Tally.Part part, Matched.Count count) {
    tally.count(part, count.rows());
    count.sums().forEach((code, sum) -> tally.add(part, code, sum));
  }
}
