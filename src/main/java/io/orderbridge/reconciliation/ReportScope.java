package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Counting;
import io.orderbridge.books.EntryPool;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.ReportPart.Hand;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a report is about: a run, or the runs of the days of a month that follow each other.
 *
 * @param parts one at least, by period
 */
record ReportScope(LocalDate from, LocalDate to, List<ReportPart> parts) {
  ReportScope {
    parts = List.copyOf(parts);
  }

  /** The rules by which it is read: those of its last run. */
  Reconciliation what() {
    return last().what();
  }

  ReportPart last() {
    return parts.get(parts.size() - 1);
  }

  ZoneId zone() {
    return what().zone();
  }

  Counting.Of measure() {
    return last().measure();
  }

  /** Whether every book of every day was complete. */
  boolean isFinal() {
    return parts.stream().allMatch(part -> part.run().isFinal());
  }

  /** The days that no run covers. */
  List<LocalDate> missing() {
    return from.datesUntil(to.plusDays(1))
        .filter(
            day ->
                parts.stream()
                    .map(part -> part.run().of())
                    .noneMatch(of -> !day.isBefore(of.from()) && !day.isAfter(of.to())))
        .toList();
  }

  /** By which time sales are summed up: that of operations. */
  Basis soldBy() {
    Definition definition = last().left();
    return definition == null
        ? Department.OPERATIONS.usual()
        : definition.basis().get(Department.OPERATIONS);
  }

  /** The definitions that its runs counted by, each version once. */
  List<Definition> definitions() {
    return parts.stream()
        .flatMap(part -> Stream.of(Hand.values()).map(part::definition))
        .filter(java.util.Objects::nonNull)
        .distinct()
        .toList();
  }

  /** The numbers of all snapshots of a side, by day. */
  List<Long> snapshots(Hand hand) {
    return parts.stream()
        .map(part -> part.run().inputs())
        .flatMap(inputs -> (hand == Hand.LEFT ? inputs.left() : inputs.right()).stream())
        .distinct()
        .toList();
  }

  /** All entries of a side: those of its days, and what was open before the first of them. */
  EntryPool pool(Connection connection, Hand hand) throws SQLException {
    Run first = parts.get(0).run();
    return new EntryPool(
        connection,
        new EntryPool.Of(first.id(), hand.letter(), snapshots(hand), first.inputs().carriedFrom()));
  }

  long age(LocalDate since) {
    return Math.max(0, ChronoUnit.DAYS.between(since, to));
  }

  /**
   * @throws ReportRefused when a run does not go on from the one before it
   */
  static ReportScope of(LocalDate from, LocalDate to, List<ReportPart> parts) {
    List<ReportPart> ordered = new ArrayList<>(parts);
    for (int i = 1; i < ordered.size(); i++) {
      Run before = ordered.get(i - 1).run();
      Run run = ordered.get(i).run();
      Long carried = run.inputs().carriedFrom();
      if (carried == null || carried != before.id()) {
        throw new ReportRefused(
            Wording.of(
                "%s 的批次没有接着 %s 的最新版本；请把这一天重新对账一次",
                "the run of %s does not go on from the newest of %s; run it once more",
                run.of().from(),
                before.of().from()));
      }
    }
    return new ReportScope(from, to, ordered);
  }
}
