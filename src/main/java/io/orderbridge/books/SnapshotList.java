package io.orderbridge.books;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
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
   * @param cells by place of the entry, then by column; none for who is not shown them
   */
  public record Rows(Snapshot snapshot, Map<Integer, Map<String, String>> cells) {}

  /**
   * The snapshot, for somebody who is shown no cell of its rows. Nothing is recorded.
   *
   * @throws IllegalArgumentException when there is no such snapshot
   */
  public Rows masked(long id) {
    return new Rows(known(id), Map.of());
  }

  private Snapshot known(long id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no snapshot %d".formatted(id)));
  }

  /**
   * The rows that entries came from, for somebody who reads them: a source may name customers. The
   * look is recorded. Amounts of one row share it, so all of them are given it.
   *
   * @param places of entries of this snapshot
   * @param actor who looks, as the sign-in names them
   * @throws IllegalArgumentException when there is no such snapshot
   */
  public Rows open(long id, Set<Integer> places, String actor) {
    Snapshot snapshot = known(id);
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
          if (!raw.isEmpty()) {
            opened(connection, snapshot, raw.size(), actor);
          }
          return new Rows(snapshot, cells);
        });
  }

  /** Records that somebody looked at rows of a snapshot as they came; at none nothing. */
  void opened(Snapshot snapshot, int rows, String actor) {
    if (rows > 0) {
      database.run(connection -> opened(connection, snapshot, rows, actor));
    }
  }

  private static void opened(Connection connection, Snapshot snapshot, int rows, String actor)
      throws SQLException {
    Snapshot.Of of = snapshot.of();
    String detail = "%s %s rows=%d".formatted(of.source(), of.day(), rows);
    Audit.write(
        connection, new Audit.Act(actor, "row.opened", "snapshot " + snapshot.id(), "", detail));
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
