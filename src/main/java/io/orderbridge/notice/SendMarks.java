package io.orderbridge.notice;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;

/** Writes what became of single messages. Joins the transaction that settles the attempt. */
@Singleton
class SendMarks {
  private static final int WHY_MAX = 500;

  /**
   * A message that its vendor took.
   *
   * @param receiptBy until when a receipt is waited for
   * @param pullAt when its vendor is asked for it; null where it is pushed
   * @param doubtful why nobody knows whether it took it; null when it is known
   */
  record Taken(
      long id,
      String vendor,
      String ref,
      Instant receiptBy,
      Instant pullAt,
      String template,
      Integer version,
      boolean doubt,
      Outcome doubtful) {}

  /**
   * A message that is tried again.
   *
   * @param state {@code PLANNED} by the clock, {@code QUEUED} at once
   * @param away vendors that were tried in this try, with commas
   */
  record Again(
      Sending.Row row,
      String state,
      String vendor,
      Instant dueAt,
      int tries,
      String away,
      boolean doubt,
      Outcome outcome) {}

  void taken(Connection connection, Taken taken, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.ACCEPTED)) {
      update.setString(1, taken.vendor());
      update.setString(2, taken.ref());
      update.setTimestamp(3, Timestamp.from(now));
      update.setTimestamp(4, Timestamp.from(taken.receiptBy()));
      update.setTimestamp(5, taken.pullAt() == null ? null : Timestamp.from(taken.pullAt()));
      update.setString(6, taken.template());
      update.setObject(7, taken.version(), Types.INTEGER);
      update.setBoolean(8, taken.doubt());
      update.setString(9, taken.doubtful() == null ? null : taken.doubtful().cause().name());
      update.setString(10, taken.doubtful() == null ? null : cut(taken.doubtful().why()));
      update.setLong(11, taken.id());
      update.executeUpdate();
    }
  }

  /** Whether it is still to be sent. */
  boolean again(Connection connection, Again again) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.AGAIN)) {
      update.setString(1, again.state());
      update.setString(2, again.vendor());
      update.setTimestamp(3, again.dueAt() == null ? null : Timestamp.from(again.dueAt()));
      update.setInt(4, again.tries());
      update.setString(5, again.away());
      update.setBoolean(6, again.doubt());
      update.setString(7, again.outcome().cause().name());
      update.setString(8, cut(again.outcome().why()));
      update.setLong(9, again.row().id());
      return update.executeUpdate() > 0;
    }
  }

  /** The channel is over; what comes next says the gate. */
  void failed(Connection connection, Sending.Row row, Outcome outcome, Instant now)
      throws SQLException {
    ended(connection, row.id(), "FAILED", outcome.cause().name(), outcome.why(), now);
  }

  void dropped(Connection connection, long id, String why) throws SQLException {
    ended(connection, id, "DROPPED", null, why, null);
  }

  void suppressed(Connection connection, long id, String rule) throws SQLException {
    ended(connection, id, "SUPPRESSED", rule, "kept back by a rule", null);
  }

  private static void ended(
      Connection connection, long id, String state, String cause, String why, Instant failedAt)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.ENDED)) {
      update.setString(1, state);
      update.setTimestamp(2, failedAt == null ? null : Timestamp.from(failedAt));
      update.setString(3, cause);
      update.setString(4, cut(why));
      update.setLong(5, id);
      try (ResultSet row = update.executeQuery()) {
        if (row.next()) {
          Notices.follow(connection, List.of(row.getLong(1)));
        }
      }
    }
  }

  private static String cut(String text) {
    return text == null || text.length() <= WHY_MAX ? text : text.substring(0, WHY_MAX);
  }
}
