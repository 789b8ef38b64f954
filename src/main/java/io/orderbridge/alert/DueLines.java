package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of a channel that may be told now. */
final class DueLines {
  // Lines that are looked at for one message.
  private static final int LINES_MAX = 1_000;

  private final Channel channel;
  private final Policy policy;
  private final Instant now;

  DueLines(Channel channel, Policy policy, Instant now) {
    this.channel = channel;
    this.policy = policy;
    this.now = now;
  }

  /** What is due, by cause and owner, the worst and oldest first; locked against other robots. */
  List<Part> choose(Connection connection) throws SQLException {
    Map<List<Object>, Part> parts = new LinkedHashMap<>();
    try (PreparedStatement choose = connection.prepareStatement(MessageSql.CHOOSE)) {
      int next = set(choose);
      choose.setInt(next, LINES_MAX);
      try (ResultSet rows = choose.executeQuery()) {
        while (rows.next()) {
          Part line = line(rows);
          parts.merge(List.of(line.cause(), line.owner(), line.clears()), line, DueLines::together);
        }
      }
    }
    return List.copyOf(parts.values());
  }

  private static Part line(ResultSet row) throws SQLException {
    return new Part(
        List.of(row.getLong("id")),
        row.getString("cause"),
        row.getString("owner"),
        row.getBoolean("clears"),
        Level.valueOf(row.getString("level")),
        row.getLong("alerts"),
        Times.at(row, "first_at"),
        Times.at(row, "last_at"),
        row.getBoolean("louder"),
        null);
  }

  // The worse of two comes first.
  private static Part together(Part worse, Part other) {
    List<Long> lines = new ArrayList<>(worse.lines());
    lines.addAll(other.lines());
    return new Part(
        lines,
        worse.cause(),
        worse.owner(),
        worse.clears(),
        worse.level(),
        worse.alerts() + other.alerts(),
        worse.first().isBefore(other.first()) ? worse.first() : other.first(),
        worse.last().isAfter(other.last()) ? worse.last() : other.last(),
        worse.louder() || other.louder(),
        null);
  }

  /** How many alerts are due in all, those beyond the chosen ones included. */
  long alerts(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(MessageSql.DUE_ALERTS)) {
      set(query);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private int set(PreparedStatement statement) throws SQLException {
    int place = 1;
    statement.setString(place++, channel.name());
    statement.setBoolean(place++, policy.isQuiet(now));
    statement.setObject(place++, Times.of(now));
    statement.setObject(place++, Times.of(now.minus(policy.gather())));
    return place;
  }
}
