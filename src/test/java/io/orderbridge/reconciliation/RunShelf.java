package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryPool;
import io.orderbridge.books.Line;
import io.orderbridge.books.Matchings;
import io.orderbridge.books.Progress;
import io.orderbridge.books.Snapshot;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.ReportPart.Hand;
import io.orderbridge.runtime.DefinitionTextFiles;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs as if they had been made: entries of snapshots, items as a judge would have decided. */
final class RunShelf implements AutoCloseable {
  static final Instant MADE = Instant.parse("2026-11-02T02:00:00Z");

  final MonthShelf books = new MonthShelf();
  final Definitions definitions = new Definitions();
  final DefinitionCounts counts = new DefinitionCounts(definitions, DefinitionTextFiles.texts());
  private Reconciliation what;
  final Reports reports = new Reports(books.heart.database, counts, (name, text) -> what);

  /** What a judge decided: the keys of either side, several split by a blank. */
  record Decided(
      Outcome outcome, BreakClass kind, String rule, String left, String right, boolean carried) {
    static Decided broken(BreakClass kind, String left, String right) {
      return new Decided(Outcome.BREAK, kind, "key", left, right, false);
    }

    Decided by(String rule) {
      return new Decided(outcome, kind, rule, left, right, carried);
    }

    Decided open() {
      return new Decided(outcome, kind, rule, left, right, true);
    }
  }

  RunShelf(Reconciliation what) {
    this.what = what;
    for (String name : List.of("turnover", "received", "shipped-quantity")) {
      definitions.replace(name, DefinitionTextFiles.shipped(name));
    }
  }

  Run run(
      LocalDate from,
      LocalDate to,
      List<Snapshot> left,
      List<Snapshot> right,
      Run before,
      Decided... decided) {
    Period period = new Period(from, to);
    return run(
        period,
        left,
        right,
        before,
        (connection, open, rows) -> {
          ReportPart part = new ReportPart(open, what, null, null, true);
          Map<String, List<Line>> lefts = lines(part.pool(connection, Hand.LEFT));
          Map<String, List<Line>> rights = lines(part.pool(connection, Hand.RIGHT));
          Arrays.stream(decided).forEach(one -> rows.accept(item(one, lefts, rights)));
        });
  }

  /** A run whose items the product's own judge decides. */
  Run judged(Period period, List<Snapshot> left, List<Snapshot> right, Run before) {
    Comparing comparing = new BooksCompared(new Matchings(), counts);
    return run(
        period,
        left,
        right,
        before,
        (connection, open, rows) ->
            comparing.compare(
                connection,
                new Comparing.Task(what, open.of(), open.inputs(), List.of(), MADE),
                rows,
                Progress.NONE));
  }

  record Period(LocalDate from, LocalDate to) {}

  @FunctionalInterface
  private interface Judging {
    void into(Connection connection, Run open, ItemRows rows) throws SQLException;
  }

  private Run run(
      Period period, List<Snapshot> left, List<Snapshot> right, Run before, Judging judging) {
    return books.heart.database.inTransaction(
        connection -> {
          counts.keep(connection, what, MADE);
          Run run = open(connection, period, left, right, before);
          ItemRows rows = new ItemRows(connection, run.id(), pieces(), Tally.Both.none());
          judging.into(connection, run, rows);
          rows.finish();
          Run counted = counted(connection, run);
          RunRows.insert(connection, counted);
          return counted;
        });
  }

  private boolean pieces() {
    return what.compare() == Reconciliation.Compare.QUANTITY;
  }

  private Run open(
      Connection connection, Period period, List<Snapshot> left, List<Snapshot> right, Run before)
      throws SQLException {
    Run.Of of = new Run.Of(what.name(), period.from(), period.to());
    return new Run(
        RunRows.next(connection),
        of,
        RunRows.last(connection, of).map(Run::version).orElse(0) + 1,
        new Run.Made("schedule", MADE),
        new Run.Inputs(
            what.text(),
            counts.versions(what),
            left.stream().map(Snapshot::id).toList(),
            right.stream().map(Snapshot::id).toList(),
            before == null ? null : before.id(),
            List.of(),
            List.of()),
        Tally.Both.none(),
        "root-of-" + period.from(),
        "hash");
  }

  private Run counted(Connection connection, Run run) throws SQLException {
    Tally.Both tally = Tally.Both.none();
    ReportPart part = new ReportPart(run, what, null, null, true);
    part.pool(connection, Hand.LEFT)
        .sums(part.measure())
        .forEach(
            (unit, total) -> {
              tally.left().count(Tally.Part.ENTRIES, total.entries());
              tally.left().add(Tally.Part.ENTRIES, unit, total.value());
            });
    return new Run(
        run.id(), run.of(), run.version(), run.made(), run.inputs(), tally, run.root(), run.hash());
  }

  private static Map<String, List<Line>> lines(EntryPool pool) throws SQLException {
    Map<String, List<Line>> lines = new HashMap<>();
    pool.lines(
        told ->
            lines.computeIfAbsent(told.line().key(), key -> new ArrayList<>()).add(told.line()));
    return lines;
  }

  private static Item item(
      Decided one, Map<String, List<Line>> left, Map<String, List<Line>> right) {
    return new Item(
        one.outcome(),
        one.kind(),
        one.rule(),
        one.left() == null ? one.right() : one.left(),
        of(one.left(), left),
        of(one.right(), right),
        one.carried(),
        new Wording("规则 " + one.rule() + ":" + one.kind().text().zh(), "rule " + one.rule()));
  }

  // A key with #2 is the second entry of it alone.
  private static List<Line> of(String keys, Map<String, List<Line>> lines) {
    List<Line> found = new ArrayList<>();
    for (String key : keys == null ? new String[0] : keys.split(" ")) {
      String[] parts = key.split("#");
      List<Line> all = lines.get(parts[0]);
      found.addAll(parts.length == 1 ? all : List.of(all.get(Integer.parseInt(parts[1]) - 1)));
    }
    return found;
  }

  static BigInteger fen(long minor) {
    return BigInteger.valueOf(minor);
  }

  @Override
  public void close() {
    books.close();
  }
}
