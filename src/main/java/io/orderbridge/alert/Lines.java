package io.orderbridge.alert;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * What is told in one line: sorts what was raised, passes on what nobody read, and moves what waits
 * for a channel that cannot tell. Sets, whatever their size; nothing is lost in between.
 */
@Singleton
public class Lines {
  private static final Logger LOG = Logger.getLogger(Lines.class);
  // A statement of 10,000 alerts takes some 100 ms; a minute's storm of 100,000 is ten of them.
  private static final int SORTED_AT_ONCE = 10_000;
  private static final int SORTS_MAX = 30;
  private static final int ESCALATED_AT_ONCE = 500;
  // The first key of our advisory locks; the second of the round's.
  private static final int LOCK = 28520;
  private static final int LOCK_OF_ROUND = 1;

  private final Database database;
  private final Channels channels;
  private final Policies policies;

  public Lines(Database database, Channels channels, Policies policies) {
    this.database = database;
    this.channels = channels;
    this.policies = policies;
  }

  /** Sorts all that was raised; one process at a time, the others leave it to that one. */
  int sort() {
    int sorted = 0;
    for (int i = 0; i < SORTS_MAX; i++) {
      int now = database.inTransaction(this::sort);
      sorted += now;
      if (now < SORTED_AT_ONCE) {
        break;
      }
    }
    return sorted;
  }

  private int sort(Connection connection) throws SQLException {
    if (!alone(connection)) {
      return 0;
    }
    List<Channel> escalating = escalating();
    try (PreparedStatement sort = connection.prepareStatement(LineSql.SORT)) {
      sort.setInt(1, SORTED_AT_ONCE);
      sort.setArray(2, array(connection, "text", escalating, Channel::name));
      sort.setArray(3, array(connection, "bigint", escalating, Lines::afterSeconds));
      return count(sort);
    }
  }

  /** Tells the next channel what nobody acknowledged in time. */
  int escalate(Instant now) {
    int escalated = database.inTransaction(connection -> escalate(connection, now));
    if (escalated > 0) {
      LOG.infof("alert.escalated lines=%d", escalated);
    }
    return escalated;
  }

  private int escalate(Connection connection, Instant now) throws SQLException {
    if (!alone(connection)) {
      return 0;
    }
    List<Channel> escalating = escalating();
    try (PreparedStatement escalate = connection.prepareStatement(LineSql.ESCALATE)) {
      escalate.setObject(1, Times.of(now));
      escalate.setObject(2, Times.of(now));
      escalate.setInt(3, ESCALATED_AT_ONCE);
      escalate.setObject(4, Times.of(now));
      escalate.setObject(5, Times.of(now));
      escalate.setArray(6, array(connection, "text", escalating, Channel::name));
      escalate.setArray(7, array(connection, "text", escalating, c -> c.escalation().to()));
      escalate.setArray(8, array(connection, "text", escalating, c -> c.escalation().owner()));
      escalate.setArray(9, array(connection, "bigint", escalating, this::nextSeconds));
      return count(escalate);
    }
  }

  // One per name: the robots of a pool tell the same people.
  private List<Channel> escalating() {
    Map<String, Channel> byName = new TreeMap<>();
    channels.all().stream()
        .filter(channel -> channel.escalation() != null)
        .forEach(channel -> byName.putIfAbsent(channel.name(), channel));
    return List.copyOf(byName.values());
  }

  private static Long afterSeconds(Channel channel) {
    return channel.escalation().after().toSeconds();
  }

  // How long the next channel may leave it unread; null ends the chain. Back to where it came from
  // is no next one.
  private Long nextSeconds(Channel channel) {
    return escalating().stream()
        .filter(next -> next.name().equals(channel.escalation().to()))
        .filter(next -> !next.escalation().to().equals(channel.name()))
        .map(Lines::afterSeconds)
        .findFirst()
        .orElse(null);
  }

  /** Moves what waits for a channel that is gone, or that refuses all, to one that tells. */
  void move(Instant now) {
    database.run(
        connection -> {
          if (!alone(connection)) {
            return;
          }
          Set<String> refusing = refusing(connection, now);
          for (String from : texts(connection, LineSql.WAITING_CHANNELS)) {
            Optional<String> to =
                channels.has(from) && !refusing.contains(from)
                    ? Optional.empty()
                    : otherwise(from, refusing);
            if (to.isPresent()) {
              int moved = move(connection, from, to.get());
              LOG.warnf("alert.moved from=%s to=%s lines=%d", from, to.get(), moved);
            }
          }
        });
  }

  private static int move(Connection connection, String from, String to) throws SQLException {
    try (PreparedStatement move = connection.prepareStatement(LineSql.MOVE)) {
      move.setString(1, to);
      move.setString(2, from);
      return move.executeUpdate();
    }
  }

  // Those of whose robots every one refuses.
  private Set<String> refusing(Connection connection, Instant now) throws SQLException {
    Set<String> robots = new TreeSet<>();
    try (PreparedStatement query = connection.prepareStatement(LineSql.REFUSING)) {
      query.setObject(1, Times.of(now));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          robots.add(rows.getString(1));
        }
      }
    }
    Set<String> names = new TreeSet<>(channels.names());
    names.removeIf(
        name ->
            channels.named(name).stream().anyMatch(channel -> !robots.contains(channel.robot())));
    return names;
  }

  private Optional<String> otherwise(String from, Set<String> refusing) {
    List<String> candidates = new ArrayList<>();
    channels.named(from).stream()
        .filter(channel -> channel.escalation() != null)
        .forEach(channel -> candidates.add(channel.escalation().to()));
    candidates.addAll(policies.inForce().channels());
    candidates.addAll(channels.names());
    return candidates.stream()
        .filter(name -> channels.has(name) && !refusing.contains(name) && !name.equals(from))
        .findFirst();
  }

  /** Alerts that wait, by channel; what is not sorted yet counts for {@code none}. */
  Map<String, Long> waiting() {
    return database.inTransaction(
        connection -> {
          Map<String, Long> waiting = new TreeMap<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(LineSql.WAITING)) {
            while (rows.next()) {
              String name = rows.getString(1).isEmpty() ? Channels.NONE : rows.getString(1);
              waiting.merge(name, rows.getLong(2), Long::sum);
            }
          }
          return waiting;
        });
  }

  private static boolean alone(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?, ?)")) {
      lock.setInt(1, LOCK);
      lock.setInt(2, LOCK_OF_ROUND);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static int count(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Collection<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
