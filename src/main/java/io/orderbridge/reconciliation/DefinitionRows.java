package io.orderbridge.reconciliation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The definitions by which runs counted, kept so that a run can be made again. */
final class DefinitionRows {
  private static final String LAST =
      """
      select hash, text from books.definition
       where name = ? and version = ?
       order by kept_at > ?, case when kept_at <= ? then kept_at end desc, kept_at limit 1\
      """;
  private static final String INSERT =
      """
      insert into books.definition (name, version, hash, text, kept_at) values (?, ?, ?, ?, ?)
      on conflict on constraint definition_text do nothing\
      """;

  private DefinitionRows() {}

  /** A definition as it was. */
  private record Kept(String hash, String text) {}

  /**
   * Keeps what a run counts by, in the caller's transaction; kept again it changes nothing.
   *
   * @throws IllegalStateException when a version was kept before and meant something else
   */
  static void keep(Connection connection, Collection<Definition> definitions, Instant now)
      throws SQLException {
    for (Definition definition : definitions) {
      keep(connection, definition, now);
    }
  }

  private static void keep(Connection connection, Definition definition, Instant now)
      throws SQLException {
    Optional<Kept> kept = last(connection, definition.name(), definition.version(), now);
    if (kept.isPresent() && !kept.get().hash().equals(definition.hash())) {
      throw new IllegalStateException(
          "definition %s meant something else when it was used before; give it a new version"
              .formatted(definition.id()));
    }
    if (kept.isPresent() && kept.get().text().equals(definition.text())) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, definition.name());
      insert.setInt(2, definition.version());
      insert.setString(3, definition.hash());
      insert.setString(4, definition.text());
      insert.setTimestamp(5, Timestamp.from(now));
      insert.executeUpdate();
    }
  }

  /**
   * The file of a version as it was at a time, or as it was first kept after it; empty when no run
   * counted by it.
   */
  static Optional<String> text(Connection connection, String name, int version, Instant at)
      throws SQLException {
    return last(connection, name, version, at).map(Kept::text);
  }

  private static Optional<Kept> last(Connection connection, String name, int version, Instant at)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LAST)) {
      query.setString(1, name);
      query.setInt(2, version);
      query.setTimestamp(3, Timestamp.from(at));
      query.setTimestamp(4, Timestamp.from(at));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Kept(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }
}
