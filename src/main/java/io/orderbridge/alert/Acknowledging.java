package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people answer to alerts: seen, or not now. Both go by cause, on every channel, and are
 * audited. Twice is harmless.
 */
@Singleton
public class Acknowledging {
  /** A silence that outlasts a week hides a trouble that is nobody's any more. */
  static final Duration SILENCE_MAX = Duration.ofHours(168);

  // What is older is in the log only: a link in an old chat does nothing, and nobody has to
  // acknowledge the warnings of a year.
  private static final Duration LINK_MAX = Duration.ofDays(30);
  private static final int SAMPLES = 10;

  private static final String OPEN =
      """
      select id, robot, made_at, lines from alert_message where token_hash = ? and made_at > ?\
      """;
  private static final String LINES =
      """
      select id, cause, owner, clears, level, alerts, first_at, last_at, escalated_from is not null,
             acknowledged_at is not null
        from alert_line where id = any (?)
       order by clears, level, first_at, id\
      """;
  private static final String ACKNOWLEDGE =
      """
      update alert_line set acknowledged_at = ?, acknowledged_by = ?, escalate_at = null
       where cause = any (?) and last_at between ? and ? and acknowledged_at is null\
      """;
  private static final String CAUSE_OF = "select cause from alert where id = ?";
  private static final String SILENCE =
      """
      insert into alert_silence (cause, level, until, set_by, reason, set_at)
      values (?, ?, ?, ?, ?, ?)
      on conflict (cause) do update
         set level = excluded.level, until = excluded.until, set_by = excluded.set_by,
             reason = excluded.reason, set_at = excluded.set_at\
      """;

  private final Database database;

  public Acknowledging(Database database) {
    this.database = database;
  }

  /**
   * A message behind its link.
   *
   * @param acknowledged whether somebody has seen all of it
   */
  record Opened(long id, String robot, Instant madeAt, List<Part> parts, boolean acknowledged) {
    String actor() {
      return "link:%s/%d".formatted(robot, id);
    }

    List<String> causes() {
      return parts.stream().map(Part::cause).distinct().toList();
    }

    /** The worst level that is told of the cause; empty when the message does not tell it. */
    Optional<Level> level(String cause) {
      return parts.stream()
          .filter(part -> part.cause().equals(cause))
          .map(Part::level)
          .max(Level::compareTo);
    }
  }

  /** Looks into a message; changes nothing, so that a preview of its link does not either. */
  Optional<Opened> open(LinkToken token, Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement open = connection.prepareStatement(OPEN)) {
            open.setBytes(1, token.hash());
            open.setObject(2, Times.of(now.minus(LINK_MAX)));
            try (ResultSet row = open.executeQuery()) {
              return row.next() ? Optional.of(opened(connection, row)) : Optional.empty();
            }
          }
        });
  }

  private static Opened opened(Connection connection, ResultSet message) throws SQLException {
    List<Part> parts = new ArrayList<>();
    boolean acknowledged = true;
    try (PreparedStatement lines = connection.prepareStatement(LINES)) {
      Array numbers = message.getArray("lines");
      lines.setArray(1, numbers);
      try (ResultSet row = lines.executeQuery()) {
        while (row.next()) {
          acknowledged &= row.getBoolean(10);
          parts.add(part(row));
        }
      }
    }
    return new Opened(
        message.getLong("id"),
        message.getString("robot"),
        Times.at(message, "made_at"),
        PartDetails.load(connection, parts, SAMPLES),
        acknowledged);
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        List.of(row.getLong(1)),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        Level.valueOf(row.getString(5)),
        row.getLong(6),
        Times.at(row, "first_at"),
        Times.at(row, "last_at"),
        row.getBoolean(9),
        null);
  }

  /** Somebody has seen the message: its causes are not escalated for what was raised until then. */
  void acknowledge(Opened message, Instant now) {
    database.run(
        connection ->
            acknowledge(connection, message.causes(), message.madeAt(), message.actor(), now));
  }

  /**
   * Somebody has seen an alert, and with it all of its cause that was raised until now.
   *
   * @return false when there is no alert of this number
   */
  boolean acknowledge(long alert, String actor, Instant now) {
    return database.inTransaction(
        connection -> {
          Optional<String> cause = causeOf(connection, alert);
          if (cause.isPresent()) {
            acknowledge(connection, List.of(cause.get()), now, actor, now);
          }
          return cause.isPresent();
        });
  }

  private static Optional<String> causeOf(Connection connection, long alert) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(CAUSE_OF)) {
      query.setLong(1, alert);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static void acknowledge(
      Connection connection, List<String> causes, Instant until, String actor, Instant now)
      throws SQLException {
    int lines;
    try (PreparedStatement update = connection.prepareStatement(ACKNOWLEDGE)) {
      update.setObject(1, Times.of(now));
      update.setString(2, actor);
      update.setArray(3, connection.createArrayOf("text", causes.toArray()));
      update.setObject(4, Times.of(until.minus(LINK_MAX)));
      update.setObject(5, Times.of(until));
      lines = update.executeUpdate();
    }
    if (lines > 0) {
      Audit.write(
          connection,
          new Audit.Act(
              actor,
              "alert.acknowledged",
              String.join(" ", causes),
              "",
              "lines=%d until=%s".formatted(lines, until)));
    }
  }

  /**
   * A cause is not told for a while; what comes meanwhile is told together when that ends. It also
   * counts as seen.
   *
   * @param level what is worse is told all the same
   * @param length nothing ends the silence
   */
  void silence(String cause, Level level, Duration length, Audit.Act act, Instant now) {
    database.run(
        connection -> {
          try (PreparedStatement silence = connection.prepareStatement(SILENCE)) {
            silence.setString(1, cause);
            silence.setString(2, level.name());
            silence.setObject(3, Times.of(now.plus(length)));
            silence.setString(4, act.actor());
            silence.setString(5, act.reason());
            silence.setObject(6, Times.of(now));
            silence.executeUpdate();
          }
          acknowledge(connection, List.of(cause), now, act.actor(), now);
          Audit.write(connection, act);
        });
  }

  /** The act of silencing, as it is audited. */
  static Audit.Act act(String actor, String cause, Duration length, String reason) {
    return new Audit.Act(
        actor, "alert.silenced", cause, reason, Map.of("hours", length.toHours()).toString());
  }
}
