package io.orderbridge.reconciliation;

import io.orderbridge.books.BookDays.BookDay;
import io.orderbridge.books.NewestSnapshots;
import io.orderbridge.books.NewestSnapshots.Found;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out what a run of now would compare. */
@Singleton
class Inputs {
  private final Standings standings;
  private final Counts counts;

  Inputs(Standings standings, Counts counts) {
    this.standings = standings;
    this.counts = counts;
  }

  /** The period that a day is in. */
  static Run.Of period(Reconciliation what, LocalDate day) {
    return what.every() == Reconciliation.Every.DAY
        ? new Run.Of(what.name(), day, day)
        : new Run.Of(what.name(), day.withDayOfMonth(1), day.withDayOfMonth(day.lengthOfMonth()));
  }

  /** The books that no connection in force declares. */
  List<String> absent(Reconciliation what) {
    return books(what).filter(book -> !standings.declared(book)).distinct().toList();
  }

  static Stream<String> books(Reconciliation what) {
    return Stream.concat(what.left().books().stream(), what.right().books().stream());
  }

  /**
   * Joins the caller's transaction, which holds the lock of the reconciliation when a run is made.
   *
   * @throws IllegalArgumentException when there is nothing to compare
   */
  Run.Inputs gather(Connection connection, Reconciliation what, Run.Of of, Instant now)
      throws SQLException {
    // Standings first: of a book that is complete by now, all is in the snapshots that are read
    // next.
    List<Awaited> awaited = standings(what, of, now);
    List<Found> left = NewestSnapshots.of(connection, what.left().books(), of.from(), of.to());
    List<Found> right = NewestSnapshots.of(connection, what.right().books(), of.from(), of.to());
    Long carriedFrom = carriedFrom(connection, what, of);
    if (left.isEmpty() && right.isEmpty() && carriedFrom == null) {
      throw new NotRun(
          Wording.of(
              "%s 的账本在 %s 至 %s 都没有快照，没有可对的内容；账本为 %s",
              "no book of %s has a snapshot from %s to %s; they are %s",
              what.name(),
              of.from(),
              of.to(),
              books(what).toList()));
    }
    Set<Long> snapshots = new HashSet<>(Runs.ids(left));
    snapshots.addAll(Runs.ids(right));
    return new Run.Inputs(
        what.text(),
        counts.versions(what),
        Runs.ids(left),
        Runs.ids(right),
        carriedFrom,
        LinkRows.applying(connection, what.name(), snapshots, carriedFrom).stream()
            .map(HandLink::id)
            .toList(),
        missing(awaited, left, right));
  }

  /** The run whose open entries come into the next one; null when there is none. */
  static Long carriedFrom(Connection connection, Reconciliation what, Run.Of of)
      throws SQLException {
    Optional<Run> before =
        what.every() == Reconciliation.Every.DAY
            ? RunRows.before(connection, what.name(), of.from())
            : Optional.empty();
    return before.map(Run::id).orElse(null);
  }

  static boolean hasSnapshots(Connection connection, Reconciliation what, Run.Of of)
      throws SQLException {
    return !NewestSnapshots.of(connection, books(what).distinct().toList(), of.from(), of.to())
        .isEmpty();
  }

  /** Whether a run would compare other snapshots than this one did. */
  static boolean moved(Connection connection, Reconciliation what, Run last) throws SQLException {
    Run.Of of = last.of();
    return !Runs.ids(NewestSnapshots.of(connection, what.left().books(), of.from(), of.to()))
            .equals(last.inputs().left())
        || !Runs.ids(NewestSnapshots.of(connection, what.right().books(), of.from(), of.to()))
            .equals(last.inputs().right());
  }

  /** Whether the run that it carries from has a newer version. */
  static boolean handedOn(Connection connection, Reconciliation what, Run last)
      throws SQLException {
    return !Objects.equals(carriedFrom(connection, what, last.of()), last.inputs().carriedFrom());
  }

  /** A day of a book, as its source stands. */
  record Awaited(String book, LocalDate day, BookDay standing) {
    String text() {
      return book + "@" + day;
    }
  }

  List<Awaited> standings(Reconciliation what, Run.Of of, Instant now) {
    List<Awaited> all = new ArrayList<>();
    List<String> books = books(what).distinct().toList();
    for (LocalDate day = of.from(); !day.isAfter(of.to()); day = day.plusDays(1)) {
      for (String book : books) {
        if (!standings.monthly(book) || day.equals(of.to())) {
          all.add(new Awaited(book, day, standings.of(book, day, now)));
        }
      }
    }
    return all;
  }

  private static List<String> missing(List<Awaited> days, List<Found> left, List<Found> right) {
    Set<String> there = new HashSet<>();
    Stream.concat(left.stream(), right.stream())
        .forEach(found -> there.add(found.book() + "@" + found.day()));
    return days.stream()
        .filter(one -> !one.standing().isComplete() || !there.contains(one.text()))
        .map(Awaited::text)
        .toList();
  }
}
