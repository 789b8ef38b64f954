package io.orderbridge.account;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Counts wrong passwords per name that was typed, and makes who guesses wait ever longer. Whether
 * anybody has the name plays no part. Thread-safe.
 */
@Singleton
class Failures {
  // Five tries are enough for who has forgotten which password it was.
  static final int FREE = 5;
  static final Duration WAIT_FIRST = Duration.ofSeconds(30);
  // 96 guesses a day at most, and an owner who is kept out by others' guesses has it back soon.
  static final Duration WAIT_MAX = Duration.ofMinutes(15);
  // After so long without a wrong one it begins anew.
  static final Duration KEPT = Duration.ofHours(24);

  private final Database database;

  Failures(Database database) {
    this.database = database;
  }

  private record Count(int failures, Instant waitUntil) {}

  /**
   * Counts an attempt before it is made, as if it were wrong, so that attempts at the same time
   * cannot overtake the count; {@link #forget} takes it back.
   *
   * @return how long this name has to wait still; empty when the attempt may be made
   */
  Optional<Duration> count(String typed, Instant asked) {
    // The database keeps no more, and rounds up: a wait that ends now must not end after now.
    Instant now = asked.truncatedTo(ChronoUnit.MICROS);
    byte[] name = Drawn.sha256(typed);
    return database.inTransaction(
        connection -> {
          drop(connection, now.minus(KEPT));
          Count before = held(connection, name, now);
          if (before.waitUntil().isAfter(now)) {
            return Optional.of(Duration.between(now, before.waitUntil()));
          }
          int failures = before.failures() + 1;
          write(connection, name, new Count(failures, now.plus(waitAfter(failures))), now);
          return Optional.empty();
        });
  }

  /** Nothing for the first tries, then 30 s, doubled each time, to a quarter of an hour. */
  static Duration waitAfter(int failures) {
    if (failures < FREE) {
      return Duration.ZERO;
    }
    int doubled = Math.min(failures - FREE, Integer.SIZE);
    Duration wait = WAIT_FIRST.multipliedBy(1L << doubled);
    return wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
  }

  /** The right password, or somebody in charge, ends the counting. Joins the transaction. */
  void forget(Connection connection, String typed) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from account_failure where name_hash = ?")) {
      delete.setBytes(1, Drawn.sha256(typed));
      delete.executeUpdate();
    }
  }

  // The row is made first and locked: of two attempts at once the second sees the first.
  private static Count held(Connection connection, byte[] name, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into account_failure (name_hash, failures, last_at, wait_until)"
                + " values (?, 0, ?, ?) on conflict (name_hash) do nothing")) {
      insert.setBytes(1, name);
      insert.setTimestamp(2, Timestamp.from(now));
      insert.setTimestamp(3, Timestamp.from(now));
      insert.executeUpdate();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select failures, wait_until from account_failure where name_hash = ? for update")) {
      query.setBytes(1, name);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Count(row.getInt(1), row.getTimestamp(2).toInstant());
      }
    }
  }

  private static void write(Connection connection, byte[] name, Count count, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update account_failure set failures = ?, wait_until = ?, last_at = ?"
                + " where name_hash = ?")) {
      update.setInt(1, count.failures());
      update.setTimestamp(2, Timestamp.from(count.waitUntil()));
      update.setTimestamp(3, Timestamp.from(now));
      update.setBytes(4, name);
      update.executeUpdate();
    }
  }

  private static void drop(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from account_failure where last_at < ?")) {
      delete.setTimestamp(1, Timestamp.from(before));
      delete.executeUpdate();
    }
  }
}
