package io.orderbridge.account;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who is signed in where. A session ends when nothing is asked for a while, at the latest after a
 * working day, at sign-out, and when somebody ends it. Ids are drawn here and nowhere else; what a
 * browser brings along is looked up, never taken over. Thread-safe.
 */
@Singleton
public class Sessions {
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Users users;
  private final Duration idle;
  private final Duration lasts;
  private final SecureRandom random = new SecureRandom();

  Sessions(
      Database database,
      Users users,
      @ConfigProperty(name = "orderbridge.account.idle", defaultValue = "PT1H") Duration idle,
      @ConfigProperty(name = "orderbridge.account.lasts", defaultValue = "PT12H") Duration lasts) {
    this.database = database;
    this.users = users;
    this.idle = idle;
    this.lasts = lasts;
  }

  private record Row(String name, Instant seenAt) {}

  /**
   * Who sent this cookie, with the roles of this moment.
   *
   * @param id what the cookie holds; anything else than a running session is nobody
   */
  public Optional<SignedIn> find(String id, Instant now) {
    if (!Drawn.canBe(id)) {
      return Optional.empty();
    }
    return database.inTransaction(
        connection -> {
          Optional<Row> row = running(connection, id, now);
          if (row.isEmpty()) {
            return Optional.empty();
          }
          if (row.get().seenAt().plus(SEEN_EVERY).isBefore(now)) {
            see(connection, id, now);
          }
          return users
              .find(connection, row.get().name())
              .filter(user -> !user.isLocked())
              .map(user -> new SignedIn(user.name(), user.roles(), csrf(id)));
        });
  }

  /** Made of the id, so nothing is stored for it, and what is stored does not give it. */
  static String csrf(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Drawn.sha256("csrf:" + id));
  }

  private Optional<Row> running(Connection connection, String id, Instant now) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select name, seen_at from account_session"
                + " where id_hash = ? and ends_at > ? and seen_at > ?")) {
      query.setBytes(1, new Drawn(id).hash());
      query.setTimestamp(2, Timestamp.from(now));
      query.setTimestamp(3, Timestamp.from(now.minus(idle)));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Row(row.getString(1), row.getTimestamp(2).toInstant()))
            : Optional.empty();
      }
    }
  }

  private static void see(Connection connection, String id, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update account_session set seen_at = ? where id_hash = ?")) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setBytes(2, new Drawn(id).hash());
      update.executeUpdate();
    }
  }

  /** A session under a new id; drops those that are over. Joins the transaction. */
  Drawn start(Connection connection, String name, Instant now) throws SQLException {
    drop(connection, now);
    Drawn id = Drawn.by(random);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into account_session (id_hash, name, started_at, seen_at, ends_at)"
                + " values (?, ?, ?, ?, ?)")) {
      insert.setBytes(1, id.hash());
      insert.setString(2, name);
      insert.setTimestamp(3, Timestamp.from(now));
      insert.setTimestamp(4, Timestamp.from(now));
      insert.setTimestamp(5, Timestamp.from(now.plus(lasts)));
      insert.executeUpdate();
    }
    return id;
  }

  private void drop(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from account_session where ends_at <= ? or seen_at <= ?")) {
      delete.setTimestamp(1, Timestamp.from(now));
      delete.setTimestamp(2, Timestamp.from(now.minus(idle)));
      delete.executeUpdate();
    }
  }

  /** Signs out; nothing happens when there is no such session. */
  void end(String id) {
    if (Drawn.canBe(id)) {
      database.run(
          connection -> {
            try (PreparedStatement delete =
                connection.prepareStatement("delete from account_session where id_hash = ?")) {
              delete.setBytes(1, new Drawn(id).hash());
              delete.executeUpdate();
            }
          });
    }
  }

  /** Ends all of a user; how many there were. Joins the transaction. */
  int endAll(Connection connection, String name) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from account_session where name = ?")) {
      delete.setString(1, name);
      return delete.executeUpdate();
    }
  }

  /** How long a cookie may be kept at most. */
  Duration lasts() {
    return lasts;
  }
}
