package io.orderbridge.passport;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

/**
 * Links to one passport for who has no access to the product. Only the hash of a token is stored,
 * so a dump of the database opens none; a link ends by itself. Making and taking back are audited.
 */
@Singleton
class PassportLinks {
  static final int HOURS_MAX = 168;

  // 128 bits: nobody guesses one of a million links in the life of the product.
  private static final int TOKEN_BYTES = 16;
  // Kept a while after its end, for who asks who had made it.
  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  PassportLinks(Database database) {
    this.database = database;
  }

  /** A link as it is given out once; the token cannot be had again. */
  record Link(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Link[" + expiresAt + "]";
    }
  }

  Link share(OrderKey order, int hours, String actor, Instant now) {
    byte[] drawn = new byte[TOKEN_BYTES];
    random.nextBytes(drawn);
    Link link =
        new Link(
            Base64.getUrlEncoder().withoutPadding().encodeToString(drawn),
            now.plus(Duration.ofHours(hours)));
    database.run(
        connection -> {
          drop(connection, now.minus(KEPT));
          insert(connection, order, link, actor, now);
          Audit.write(
              connection,
              new Audit.Act(
                  actor,
                  "passport.shared",
                  order.toString(),
                  "",
                  "hours=%d expires=%s".formatted(hours, link.expiresAt())));
        });
    return link;
  }

  private static void insert(
      Connection connection, OrderKey order, Link link, String actor, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into passport_link (token_hash, shop, number, created_by, created_at,"
                + " expires_at) values (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, hash(link.token()));
      insert.setString(2, order.shop());
      insert.setString(3, order.number());
      insert.setString(4, actor);
      insert.setTimestamp(5, Timestamp.from(now));
      insert.setTimestamp(6, Timestamp.from(link.expiresAt()));
      insert.executeUpdate();
    }
  }

  private static void drop(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from passport_link where expires_at < ?")) {
      delete.setTimestamp(1, Timestamp.from(before));
      delete.executeUpdate();
    }
  }

  /** The order of a link that has not ended. */
  Optional<OrderKey> open(String token, Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select shop, number from passport_link where token_hash = ? and expires_at >"
                      + " ?")) {
            query.setBytes(1, hash(token));
            query.setTimestamp(2, Timestamp.from(now));
            try (ResultSet row = query.executeQuery()) {
              return row.next()
                  ? Optional.of(new OrderKey(row.getString(1), row.getString(2)))
                  : Optional.empty();
            }
          }
        });
  }

  /** Ends all links to an order now; how many were open. */
  int revoke(OrderKey order, String actor, Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update passport_link set expires_at = ? where shop = ? and number = ?"
                      + " and expires_at > ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, order.shop());
            update.setString(3, order.number());
            update.setTimestamp(4, Timestamp.from(now));
            int ended = update.executeUpdate();
            Audit.write(
                connection,
                new Audit.Act(actor, "passport.unshared", order.toString(), "", "links=" + ended));
            return ended;
          }
        });
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
