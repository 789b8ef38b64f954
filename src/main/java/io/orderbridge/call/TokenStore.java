package io.orderbridge.call;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code access_token}. Waits and leases go by the database's clock, so that processes
 * with different clocks agree.
 */
@Singleton
public class TokenStore {
  private static final String READ =
      """
      select sealed, expires_at, renewed_at, version, failure,
             extract(epoch from now() - failed_at)::bigint as failed_s
        from access_token where connection = ?\
      """;
  private static final String BEGIN =
      """
      insert into access_token (connection, sealed, version) values (?, '', 0)
      on conflict (connection) do nothing\
      """;
  private static final String CLAIM =
      """
      update access_token
         set claimed_by = ?, claim_ends = now() + make_interval(secs => ?)
       where connection = ? and version = ? and (claimed_by is null or claim_ends < now())\
      """;
  private static final String RENEW =
      """
      update access_token
         set sealed = ?, expires_at = ?, renewed_at = now(), version = version + 1,
             claimed_by = null, claim_ends = null, failed_at = null, failure = null
       where connection = ?\
      """;
  private static final String FAIL =
      """
      update access_token
         set claimed_by = null, claim_ends = null, failed_at = now(), failure = ?
       where connection = ? and claimed_by = ?\
      """;

  private final Database database;

  public TokenStore(Database database) {
    this.database = database;
  }

  /**
   * A row.
   *
   * @param sealed nothing before the first renewal
   * @param failedAgo since the last renewal failed; null when it did not
   * @param failure in words; null when it did not
   */
  record Row(
      byte[] sealed,
      Instant expiresAt,
      Instant renewedAt,
      long version,
      Duration failedAgo,
      String failure) {
    static final Row NONE = new Row(new byte[0], null, null, 0, null, null);
  }

  Row read(String connection) {
    return database.inTransaction(
        sql -> {
          try (PreparedStatement query = sql.prepareStatement(READ)) {
            query.setString(1, connection);
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? row(row) : Row.NONE;
            }
          }
        });
  }

  private static Row row(ResultSet row) throws SQLException {
    Duration failedAgo = Duration.ofSeconds(row.getLong("failed_s"));
    boolean failed = !row.wasNull();
    return new Row(
        row.getBytes("sealed"),
        instant(row, "expires_at"),
        instant(row, "renewed_at"),
        row.getLong("version"),
        failed ? failedAgo : null,
        row.getString("failure"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant).orElse(null);
  }

  /**
   * Takes the right to renew for a while.
   *
   * @return false when somebody else renews now, or has renewed since the version was seen
   */
  boolean claim(String connection, long version, UUID by, Duration lease) {
    return database.inTransaction(
        sql -> {
          try (PreparedStatement begin = sql.prepareStatement(BEGIN);
              PreparedStatement claim = sql.prepareStatement(CLAIM)) {
            begin.setString(1, connection);
            begin.executeUpdate();
            claim.setObject(1, by);
            claim.setLong(2, lease.toSeconds());
            claim.setString(3, connection);
            claim.setLong(4, version);
            return claim.executeUpdate() == 1;
          }
        });
  }

  /** Keeps what the partner gave. Of two renewals at once the last answer is the one in force. */
  void renewed(String connection, byte[] sealed, Instant expiresAt) {
    database.run(
        sql -> {
          try (PreparedStatement renew = sql.prepareStatement(RENEW)) {
            renew.setBytes(1, sealed);
            renew.setTimestamp(2, expiresAt == null ? null : Timestamp.from(expiresAt));
            renew.setString(3, connection);
            renew.executeUpdate();
          }
        });
  }

  /** Gives the right to renew back. */
  void failed(String connection, UUID by, String why) {
    database.run(
        sql -> {
          try (PreparedStatement fail = sql.prepareStatement(FAIL)) {
            fail.setString(1, why);
            fail.setString(2, connection);
            fail.setObject(3, by);
            fail.executeUpdate();
          }
        });
  }
}
