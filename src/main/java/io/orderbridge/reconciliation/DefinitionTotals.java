package io.orderbridge.reconciliation;

import io.orderbridge.books.Figures;
import io.orderbridge.books.Figures.Cell;
import io.orderbridge.books.Figures.Shift;
import io.orderbridge.books.Figures.Total;
import io.orderbridge.books.Figures.Way;
import io.orderbridge.books.Matching;
import io.orderbridge.books.Snapshot;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What definitions come to over books, by the basis of each department. Thread-safe. */
@Singleton
public class DefinitionTotals {
  /** So many orders that change sides are named. */
  static final int NAMED_MAX = 100;

  private final Database database;

  public DefinitionTotals(Database database) {
    this.database = database;
  }

  /**
   * Some days of books.
   *
   * @param to the last day
   * @param around so many days before and after are read as well: what was ordered in the period
   *     may have been settled later, and stands in a snapshot of that day
   */
  record Asked(List<String> books, LocalDate from, LocalDate to, int around) {
    Matching.Period period(Definition definition) {
      return new Matching.Period(
          from.atStartOfDay(definition.zone()).toInstant(),
          to.plusDays(1).atStartOfDay(definition.zone()).toInstant());
    }
  }

  /**
   * The bridges from one department to the others.
   *
   * @param totals of all departments, by unit
   * @param snapshots what they were made of
   */
  record Table(
      List<Bridge> bridges, Map<Department, Map<String, Total>> totals, List<Snapshot> snapshots) {}

  /** What a proposed definition would have changed. */
  record Effect(
      Map<Department, Map<String, Total>> before,
      Map<Department, Map<String, Total>> after,
      Shift shift,
      List<Snapshot> snapshots) {}

  /** The figure as a department counts it, by unit. */
  Map<String, Total> of(Definition definition, Department department, Asked asked) {
    return database.inTransaction(
        connection ->
            Figures.total(
                connection,
                ids(snapshots(connection, asked)),
                new Way(definition.counting(), definition.basis().get(department)),
                asked.period(definition)));
  }

  /**
   * How the total of one department becomes that of the others.
   *
   * @throws IllegalStateException when a bridge does not stand
   */
  Table bridges(Definition definition, Department from, Asked asked) {
    return database.inTransaction(
        connection -> {
          List<Snapshot> snapshots = snapshots(connection, asked);
          List<Cell> cells = cells(connection, definition, snapshots, asked);
          List<Bridge> bridges = new ArrayList<>();
          for (Department to : Department.values()) {
            if (to != from) {
              bridges.addAll(Bridge.between(definition, from, to, cells));
            }
          }
          bridges.forEach(DefinitionTotals::stands);
          return new Table(bridges, totals(definition, cells), snapshots);
        });
  }

  private static void stands(Bridge bridge) {
    if (!bridge.remainder().equals(Total.NONE)) {
      throw new IllegalStateException(
          "the bridge from %s to %s leaves %s".formatted(bridge.from(), bridge.to(), bridge));
    }
  }

  /** What the proposed definition changes, by the basis of a department. */
  Effect effect(Definition now, Definition proposed, Department department, Asked asked) {
    return database.inTransaction(
        connection -> {
          List<Snapshot> snapshots = snapshots(connection, asked);
          return new Effect(
              totals(now, cells(connection, now, snapshots, asked)),
              totals(proposed, cells(connection, proposed, snapshots, asked)),
              Figures.shift(
                  connection,
                  ids(snapshots),
                  List.of(
                      new Way(now.counting(), now.basis().get(department)),
                      new Way(proposed.counting(), proposed.basis().get(department))),
                  asked.period(proposed),
                  NAMED_MAX),
              snapshots);
        });
  }

  private static List<Cell> cells(
      Connection connection, Definition definition, List<Snapshot> snapshots, Asked asked)
      throws SQLException {
    return Figures.cells(
        connection, ids(snapshots), definition.counting(), asked.period(definition));
  }

  private static Map<Department, Map<String, Total>> totals(
      Definition definition, List<Cell> cells) {
    Map<Department, Map<String, Total>> totals = new EnumMap<>(Department.class);
    for (Department department : Department.values()) {
      Map<String, Total> byUnit = new TreeMap<>();
      for (String unit : cells.stream().map(Cell::unit).distinct().toList()) {
        byUnit.put(
            unit,
            Bridge.total(
                cells.stream().filter(cell -> cell.unit().equals(unit)).toList(),
                definition.basis().get(department)));
      }
      totals.put(department, byUnit);
    }
    return totals;
  }

  private static List<Snapshot> snapshots(Connection connection, Asked asked) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (String book : asked.books()) {
      snapshots.addAll(
          Figures.newest(
              connection,
              book,
              asked.from().minusDays(asked.around()),
              asked.to().plusDays(asked.around())));
    }
    return snapshots;
  }

  private static List<Long> ids(List<Snapshot> snapshots) {
    return snapshots.stream().map(Snapshot::id).toList();
  }
}
