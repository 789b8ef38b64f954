package io.orderbridge.account;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Links that set a password once and end by themselves. A user has one at most; a new one ends the
 * one before. Every method joins the caller's transaction. Thread-safe.
 */
@Singleton
class Links {
  // The link of a start has to outlive a lunch; one that a person sends, a weekend.
  static final Duration FIRST_LASTS = Duration.ofHours(24);
  static final Duration LASTS = Duration.ofHours(72);

  private final SecureRandom random = new SecureRandom();

  /**
   * What a link is for.
   *
   * @param name empty for the first user, who chooses one
   */
  record Purpose(Optional<String> name) {}

  /**
   * @param name empty for the first user
   * @return the token, which cannot be had again
   */
  Drawn make(Connection connection, Optional<String> name, String by, Instant now)
      throws SQLException {
    end(connection, name, now);
    Drawn token = Drawn.by(random);
    Instant ends = now.plus(name.isPresent() ? LASTS : FIRST_LASTS);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into account_link (token_hash, name, created_by, expires_at)"
                + " values (?, ?, ?, ?)")) {
      insert.setBytes(1, token.hash());
      insert.setString(2, name.orElse(null));
      insert.setString(3, by);
      insert.setTimestamp(4, Timestamp.from(ends));
      insert.executeUpdate();
    }
    return token;
  }

  /** Looking changes nothing: chats fetch links for their previews. */
  Optional<Purpose> look(Connection connection, String token, Instant now) throws SQLException {
    return one(
        connection,
        "select name from account_link where token_hash = ? and expires_at > ?",
        token,
        now);
  }

  /** Uses the link up; of two at the same time one gets it. */
  Optional<Purpose> use(Connection connection, String token, Instant now) throws SQLException {
    return one(
        connection,
        "delete from account_link where token_hash = ? and expires_at > ? returning name",
        token,
        now);
  }

  private static Optional<Purpose> one(Connection connection, String sql, String token, Instant now)
      throws SQLException {
    if (!Drawn.canBe(token)) {
      return Optional.empty();
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, new Drawn(token).hash());
      statement.setTimestamp(2, Timestamp.from(now));
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Purpose(Optional.ofNullable(row.getString(1))))
            : Optional.empty();
      }
    }
  }

  /** Ends the link of a user, or those of the first user, and what has ended by itself. */
  void end(Connection connection, Optional<String> name, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from account_link where name is not distinct from ? or expires_at <= ?")) {
      delete.setString(1, name.orElse(null));
      delete.setTimestamp(2, Timestamp.from(now));
      delete.executeUpdate();
    }
  }
}
