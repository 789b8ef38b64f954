package io.orderbridge.reconciliation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The definitions by which runs counted, kept so that a run can be made again. */
final class DefinitionRows {
  private static final String LAST =
      """
      select hash, text from books.definition
       where name = ? and version = ? and kept_at <= ? order by kept_at desc limit 1\
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
   * @return how the run names them, {@code received 1 turnover 3}; empty for none
   * @throws IllegalStateException when a version was kept before and meant something else
   */
  static String keep(Connection connection, Collection<Definition> definitions, Instant now)
      throws SQLException {
    for (Definition definition : definitions) {
      keep(connection, definition, now);
    }
    return definitions.stream()
        .map(Definition::id)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" "));
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

  /** The file of a version as it was at a time; empty when no run had counted by it. */
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
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Kept(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }
}
