package io.orderbridge.schedule;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the readings of each window brought, multi-row throughout; never all of it in memory. */
@Singleton
class WindowItems {
  private final Database database;

  WindowItems(Database database) {
    this.database = database;
  }

  /**
   * An item of a page.
   *
   * @param id the source's own
   */
  record Brought(long inboxId, String id) {}

  /** How many of a window came first from it, and how many are dead letters. */
  record Counts(long recovered, long dead) {}

  /**
   * Books the items of a page and renews the claim.
   *
   * @return how many no reading of this window had brought before
   */
  int add(Window window, Collection<Brought> items) {
    return database.inTransaction(
        connection -> {
          Windows.fence(connection, window);
          return items.isEmpty() ? 0 : insert(connection, window, items);
        });
  }

  private static int insert(Connection connection, Window window, Collection<Brought> items)
      throws SQLException {
    // The same message twice in one page is one row.
    Map<Long, Brought> distinct = new LinkedHashMap<>();
    items.forEach(item -> distinct.putIfAbsent(item.inboxId(), item));
    int fresh;
    try (PreparedStatement insert = connection.prepareStatement(WindowSql.ADD_ITEMS)) {
      of(insert, window);
      insert.setInt(4, window.pass());
      insert.setArray(5, array(connection, "bigint", distinct.values(), Brought::inboxId));
      insert.setArray(6, array(connection, "text", distinct.values(), Brought::id));
      fresh = insert.executeUpdate();
    }
    if (fresh < distinct.size()) {
      try (PreparedStatement update = connection.prepareStatement(WindowSql.SEEN_AGAIN)) {
        update.setInt(1, window.pass());
        update.setString(2, window.source());
        update.setTimestamp(3, Timestamp.from(window.startsAt()));
        update.setTimestamp(4, Timestamp.from(window.itemsAt()));
        update.setArray(5, array(connection, "bigint", distinct.keySet(), id -> id));
        update.executeUpdate();
      }
    }
    return fresh;
  }

  /** The newest message that any reading of the window has brought; 0 when none has. */
  long newest(Window window) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(WindowSql.NEWEST)) {
            query.setString(1, window.source());
            query.setTimestamp(2, Timestamp.from(window.startsAt()));
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  /** Distinct ids that the reading in work has seen. */
  long distinct(Window window) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(WindowSql.DISTINCT)) {
            of(query, window);
            query.setInt(4, window.pass());
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  /** The messages of a window after a number, in their order. */
  List<Long> after(Window window, long inboxId, int max) {
    return database.inTransaction(
        connection -> {
          List<Long> ids = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(WindowSql.AFTER)) {
            of(query, window);
            query.setLong(4, inboxId);
            query.setInt(5, max);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                ids.add(rows.getLong(1));
              }
            }
          }
          return ids;
        });
  }

  /**
   * Notes what is not simply applied.
   *
   * @param fate RECOVERED, DEAD, or null when nothing is to be told of them any more
   */
  void mark(Window window, Collection<Long> inboxIds, String fate) {
    if (inboxIds.isEmpty()) {
      return;
    }
    database.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(WindowSql.MARK)) {
            update.setString(1, fate);
            update.setString(2, window.source());
            update.setTimestamp(3, Timestamp.from(window.startsAt()));
            update.setTimestamp(4, Timestamp.from(window.itemsAt()));
            update.setArray(5, array(connection, "bigint", inboxIds, id -> id));
            update.executeUpdate();
          }
        });
  }

  /** Items of this fate by message, at most so many. */
  Map<Long, String> marked(Window window, String fate, int max) {
    return database.inTransaction(
        connection -> {
          Map<Long, String> ids = new LinkedHashMap<>();
          try (PreparedStatement query = connection.prepareStatement(WindowSql.MARKED)) {
            of(query, window);
            query.setString(4, fate);
            query.setInt(5, max);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                ids.put(rows.getLong(1), rows.getString(2));
              }
            }
          }
          return ids;
        });
  }

  Counts counts(Window window) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(WindowSql.COUNT_FATES)) {
            of(query, window);
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return new Counts(row.getLong(1), row.getLong(2));
            }
          }
        });
  }

  /** Start of the newest window of the source that brought the message. */
  static Optional<Instant> windowOf(Connection connection, String source, long inboxId)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WindowSql.WINDOW_OF)) {
      query.setString(1, source);
      query.setLong(2, inboxId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getTimestamp(1).toInstant()) : Optional.empty();
      }
    }
  }

  private static void of(PreparedStatement statement, Window window) throws SQLException {
    statement.setString(1, window.source());
    statement.setTimestamp(2, Timestamp.from(window.startsAt()));
    statement.setTimestamp(3, Timestamp.from(window.itemsAt()));
  }
}
