package io.orderbridge.alert;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.alert.Channel.Budget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The budget of each robot, kept by all processes together: whoever makes a message holds the row.
 * A message counts from the latest moment at which it can have reached the robot, so that the robot
 * never counts more than we do.
 */
final class Robots {
  // What the clocks of two processes may differ.
  private static final Duration SKEW = Duration.ofSeconds(1);
  // A call has ten seconds, a mail half a minute for each step; a process that was killed leaves
  // its message alone for that long.
  static final Duration LEASE = Duration.ofMinutes(2);
  // How long after each failure in a row; the last one repeats for as long as it is away.
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));
  private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);
  private static final int WHY_MAX = 500;

  private static final String ENTER =
      "insert into alert_robot (robot) values (?) on conflict do" + " nothing";
  private static final String LOCK =
      """
      select spent, sending, sending_until, failures, paused_until, refused_at, why
        from alert_robot where robot = ? for update skip locked\
      """;
  private static final String SEND =
      """
      update alert_robot set spent = ?, sending = ?, sending_until = ? where robot = ?\
      """;
  private static final String TOLD =
      """
      update alert_robot
         set spent[cardinality(spent)] = ?, sending = null, failures = 0, paused_until = null,
             refused_at = null, why = null
       where robot = ? and sending = ?\
      """;
  private static final String FAILED =
      """
      update alert_robot
         set spent[cardinality(spent)] = ?, sending = null, failures = failures + 1,
             paused_until = ?, refused_at = case when ? then coalesce(refused_at, ?) end, why = ?
       where robot = ? and sending = ?\
      """;

  private Robots() {}

  /**
   * A robot's row.
   *
   * @param sending message in flight; null when there is none
   * @param refusedAt since when it refuses everything; null when it does not
   */
  record Robot(
      String name,
      List<Instant> spent,
      Long sending,
      Instant sendingUntil,
      int failures,
      Instant pausedUntil,
      Instant refusedAt,
      String why) {

    boolean isSending(Instant now) {
      return sending != null && now.isBefore(sendingUntil);
    }

    /** Messages that count against the budget. */
    List<Instant> counted(Budget budget, Instant now) {
      Instant since = now.minus(budget.per()).minus(SKEW);
      return spent.stream().filter(at -> at.isAfter(since)).toList();
    }

    boolean maySend(Budget budget, Instant now) {
      boolean rested =
          spent.isEmpty() || !spent.get(spent.size() - 1).plus(budget.gap()).isAfter(now);
      return rested
          && (pausedUntil == null || !now.isBefore(pausedUntil))
          && counted(budget, now).size() < budget.messages();
    }
  }

  /** Locks the row until the end of the transaction; empty while another process holds it. */
  static Optional<Robot> lock(Connection connection, String robot) throws SQLException {
    try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
      enter.setString(1, robot);
      enter.executeUpdate();
    }
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setString(1, robot);
      try (ResultSet row = lock.executeQuery()) {
        return row.next() ? Optional.of(read(robot, row)) : Optional.empty();
      }
    }
  }

  static Robot read(String name, ResultSet row) throws SQLException {
    long sending = row.getLong("sending");
    return new Robot(
        name,
        instants((Object[]) row.getArray("spent").getArray()),
        sending == 0 ? null : sending,
        Times.at(row, "sending_until"),
        row.getInt("failures"),
        Times.at(row, "paused_until"),
        Times.at(row, "refused_at"),
        row.getString("why"));
  }

  // The driver gives Timestamps here, which are moments without doubt.
  private static List<Instant> instants(Object[] values) {
    List<Instant> instants = new ArrayList<>();
    Arrays.stream(values).forEach(value -> instants.add(((java.sql.Timestamp) value).toInstant()));
    return List.copyOf(instants);
  }

  /** Notes a message in flight; null when there is none after all. */
  static void send(Connection connection, Robot robot, Budget budget, Long message, Instant now)
      throws SQLException {
    List<Instant> spent = new ArrayList<>(robot.counted(budget, now));
    if (message != null) {
      spent.add(now);
    }
    try (PreparedStatement send = connection.prepareStatement(SEND)) {
      send.setArray(1, array(connection, "timestamptz", spent, Instant::toString));
      send.setObject(2, message, java.sql.Types.BIGINT);
      send.setObject(3, message == null ? null : Times.of(now.plus(LEASE)));
      send.setString(4, robot.name());
      send.executeUpdate();
    }
  }

  static void told(Connection connection, String robot, long message, Instant now)
      throws SQLException {
    try (PreparedStatement told = connection.prepareStatement(TOLD)) {
      told.setObject(1, Times.of(now));
      told.setString(2, robot);
      told.setLong(3, message);
      told.executeUpdate();
    }
  }

  /**
   * @param asked the wait that the robot asked for; null: by our own schedule
   */
  static void failed(Connection connection, Robot robot, long message, Failure failure, Instant now)
      throws SQLException {
    Duration wait = WAITS.get(Math.min(robot.failures(), WAITS.size() - 1));
    Duration pause =
        failure.refused() ? REFUSED_PAUSE : failure.asked() == null ? wait : failure.asked();
    OffsetDateTime at = Times.of(now);
    try (PreparedStatement failed = connection.prepareStatement(FAILED)) {
      failed.setObject(1, at);
      failed.setObject(2, Times.of(now.plus(pause)));
      failed.setBoolean(3, failure.refused());
      failed.setObject(4, at);
      failed.setString(5, Utf8.cut(failure.why(), WHY_MAX));
      failed.setString(6, robot.name());
      failed.setLong(7, message);
      failed.executeUpdate();
    }
  }
}
