package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Work.Item;
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
  private static final String[] OPEN = {"QUEUED", "PLANNED"};
  private static final String[] BY_HAND = {"FAILED"};

  /**
   * A message that its vendor took.
   *
   * @param receiptBy until when a receipt is waited for
   * @param pullAt when its vendor is asked for it; null where it is pushed
   * @param doubtful why nobody knows whether it took it; null when it is known
   */
  record Taken(
      Sending.Row row,
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

  // After all that lock notices.
  private static final long NO_NOTICE = 1L << 62;

  /** Of what locks the message's notice, or else the message alone. */
  static Settlement.Along inTurn(Sending.Row row, boolean follows, Settlement.Along along) {
    long turn = follows || row.byHand() ? row.notice() : NO_NOTICE + row.id();
    return new Settlement.Along() {
      @Override
      public void write(Connection connection) throws SQLException {
        along.write(connection);
      }

      @Override
      public long turn() {
        return turn;
      }
    };
  }

  void taken(Connection connection, Taken taken, Instant now) throws SQLException {
    Sending.Row row = taken.row();
    lock(connection, row);
    String[] from = row.byHand() ? BY_HAND : new String[] {"QUEUED", "PLANNED", "DROPPED"};
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.ACCEPTED)) {
      update.setString(1, taken.vendor());
      update.setString(2, taken.ref());
      update.setTimestamp(3, Timestamp.from(now));
      update.setString(4, taken.template());
      update.setObject(5, taken.version(), Types.INTEGER);
      update.setBoolean(6, taken.doubt());
      update.setTimestamp(7, Timestamp.from(taken.receiptBy()));
      update.setTimestamp(8, taken.pullAt() == null ? null : Timestamp.from(taken.pullAt()));
      update.setString(9, taken.doubtful() == null ? null : taken.doubtful().cause().name());
      update.setString(10, taken.doubtful() == null ? null : cut(taken.doubtful().why()));
      update.setArray(11, connection.createArrayOf("text", from));
      update.setLong(12, row.id());
      update.executeUpdate();
    }
    follow(connection, row);
  }

  /** Whether it is still to be sent. */
  boolean again(Connection connection, Again again) throws SQLException {
    lock(connection, again.row());
    boolean changed;
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.AGAIN)) {
      update.setString(1, again.state());
      update.setString(2, again.vendor());
      update.setTimestamp(3, Timestamp.from(again.dueAt()));
      update.setInt(4, again.tries());
      update.setString(5, again.away());
      update.setBoolean(6, again.doubt());
      update.setString(7, again.outcome().cause().name());
      update.setString(8, cut(again.outcome().why()));
      update.setLong(9, again.row().id());
      update.setArray(10, connection.createArrayOf("text", from(again.row())));
      changed = update.executeUpdate() > 0;
    }
    follow(connection, again.row());
    return changed;
  }

  /** The channel is over; what comes next says the gate. */
  void failed(Connection connection, Sending.Row row, Outcome outcome, Instant now)
      throws SQLException {
    ended(connection, row, "FAILED", outcome.cause().name(), outcome.why(), now);
  }

  void dropped(Connection connection, Sending.Row row, String why) throws SQLException {
    ended(connection, row, "DROPPED", null, why, null);
  }

  void suppressed(Connection connection, Sending.Row row, String rule) throws SQLException {
    ended(connection, row, "SUPPRESSED", rule, "kept back by a rule", null);
  }

  /** Given up without being looked at, as far as it still waits for this vendor. */
  void killed(Connection connection, Item item, String why, Instant now) throws SQLException {
    Notices.lockOf(connection, List.of(item.what().ref()));
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.KILLED)) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setString(2, Cause.PROCESS_CRASH.name());
      update.setString(3, cut(why));
      update.setLong(4, item.what().ref());
      update.setString(5, item.queue());
      try (ResultSet row = update.executeQuery()) {
        if (row.next()) {
          Notices.follow(connection, List.of(row.getLong(1)));
        }
      }
    }
  }

  private static void ended(
      Connection connection,
      Sending.Row row,
      String state,
      String cause,
      String why,
      Instant failedAt)
      throws SQLException {
    Notices.lock(connection, List.of(row.notice()));
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.ENDED)) {
      update.setString(1, state);
      update.setTimestamp(2, failedAt == null ? null : Timestamp.from(failedAt));
      update.setString(3, cause);
      update.setString(4, cut(why));
      update.setString(5, state);
      update.setLong(6, row.id());
      update.setArray(7, connection.createArrayOf("text", from(row)));
      if (update.executeUpdate() > 0) {
        Notices.follow(connection, List.of(row.notice()));
      }
    }
  }

  // What a person sends again was given up before; otherwise an end that came meanwhile stays.
  private static String[] from(Sending.Row row) {
    return row.byHand() ? BY_HAND : OPEN;
  }

  // A notice that was given up is on its way again.
  private static void lock(Connection connection, Sending.Row row) throws SQLException {
    if (row.byHand()) {
      Notices.lock(connection, List.of(row.notice()));
    }
  }

  private static void follow(Connection connection, Sending.Row row) throws SQLException {
    if (row.byHand()) {
      Notices.follow(connection, List.of(row.notice()));
    }
  }

  private static String cut(String text) {
    return text == null || text.length() <= WHY_MAX ? text : text.substring(0, WHY_MAX);
  }
}
