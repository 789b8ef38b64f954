package io.orderbridge.books;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Lines that were put aside, with why; by line. */
  public List<Map<String, Object>> aside(long id) {
    return database.inTransaction(
        connection ->
            SnapshotSql.aside(connection, id).stream()
                .map(one -> Map.<String, Object>of("line", one.line(), "why", one.why()))
                .toList());
  }
}
