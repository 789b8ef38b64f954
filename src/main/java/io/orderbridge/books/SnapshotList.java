package io.orderbridge.books;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Snapshots that were taken, for who looks at them. */
@Singleton
public class SnapshotList {
  private final Database database;

  public SnapshotList(Database database) {
    this.database = database;
  }

  /** The snapshots of a book's days, both ends included; the newest day and version first. */
  public List<Snapshot> of(String book, LocalDate from, LocalDate to, int most) {
    return database.inTransaction(
        connection -> SnapshotSql.between(connection, book, from, to, most));
  }

  public Optional<Snapshot> find(long id) {
    return database.inTransaction(connection -> SnapshotSql.find(connection, id));
  }

  /**
   * Rows of a snapshot as they came.
   *
   * @param cells by place of the entry, then by column
   */
  public record Rows(Snapshot snapshot, Map<Integer, Map<String, String>> cells) {}

  /**
   * The rows that entries came from. Amounts of one row share it, so all of them are given it.
   *
   * @param places of entries of this snapshot
   * @throws IllegalArgumentException when there is no such snapshot
   */
  public Rows rows(long id, Set<Integer> places) {
    Snapshot snapshot =
        find(id)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no snapshot %d".formatted(id)));
    return database.inTransaction(
        connection -> {
          Set<Integer> rows = new TreeSet<>();
          places.forEach(place -> rows.add(first(place)));
          Map<Integer, String> raw = BlockSql.cells(connection, id, rows);
          Map<Integer, Map<String, String>> cells = new TreeMap<>();
          places.forEach(
              place -> {
                Map<String, String> row = SnapshotView.cells(snapshot, raw.get(first(place)));
                cells.put(place, row == null ? Map.of() : row);
              });
          return new Rows(snapshot, cells);
        });
  }

  // The first amount of a row has its cells.
  private static int first(int place) {
    return place - place % Entry.PLACES;
  }

  /** Lines that were put aside, with why; by line. */
  public List<Map<String, Object>> aside(long id) {
    return database.inTransaction(
        connection ->
            SnapshotSql.aside(connection, id).stream()
                .map(one -> Map.<String, Object>of("line", one.line(), "why", one.why()))
                .toList());
  }
}
