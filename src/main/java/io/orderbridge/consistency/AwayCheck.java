package io.orderbridge.consistency;

import io.orderbridge.call.Calls;
import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.outbox.Targets;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import io.orderbridge.store.RunningInstance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A link is broken while a process leaves a partner alone because it failed too often. A breaker
 * lies in the memory of its process, so each writes its own into {@code target_away}, and whoever
 * looks sees all of them.
 */
@Singleton
class AwayCheck implements LinkCheck {
  // Each process says it once a minute; one that is gone says nothing more.
  private static final Duration KEPT = Duration.ofMinutes(3);

  private static final String FORGET =
      "delete from target_away where seen_at < ? or instance = ? and not target = any (?)";
  private static final String WRITE =
      """
      insert into target_away (target, instance, seen_at)
      select target, ?, ? from unnest(?::text[]) as a (target)
      on conflict (target, instance) do update set seen_at = excluded.seen_at\
      """;
  private static final String READ =
      "select target, count(*) from target_away where seen_at >= ? group by target order by target";

  private final Database database;
  private final RunningInstance instance;
  private final Targets targets;
  private final Calls calls;

  AwayCheck(Database database, RunningInstance instance, Targets targets, Calls calls) {
    this.database = database;
    this.instance = instance;
    this.targets = targets;
    this.calls = calls;
  }

  /** Writes what this process leaves alone; called by every process, whoever looks then. */
  void say(Instant now) {
    Set<String> away = new TreeSet<>(targets.away());
    away.addAll(calls.away());
    database.run(connection -> write(connection, away, now));
  }

  private void write(Connection connection, Set<String> away, Instant now) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET);
        PreparedStatement write = connection.prepareStatement(WRITE)) {
      forget.setTimestamp(1, Timestamp.from(now.minus(KEPT)));
      forget.setLong(2, instance.id());
      forget.setArray(3, Columns.array(connection, "text", away, name -> name));
      forget.executeUpdate();
      write.setLong(1, instance.id());
      write.setTimestamp(2, Timestamp.from(now));
      write.setArray(3, Columns.array(connection, "text", away, name -> name));
      write.executeUpdate();
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    return database.inTransaction(
        connection -> {
          List<Finding> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(READ)) {
            query.setTimestamp(1, Timestamp.from(now.minus(KEPT)));
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                found.add(finding(rows.getString(1), rows.getLong(2)));
              }
            }
          }
          return found;
        });
  }

  private static Finding finding(String connection, long processes) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("processes", processes);
    return LinkFinding.of(
        LinkFinding.BROKEN,
        connection,
        "breaker",
        Level.BREACH,
        evidence,
        Wording.of(
            "%s 连续失败，已熔断：恢复后自动补发，不需要重放。",
            "%s failed too often in a row and is left alone: once it is back, it is told by"
                + " itself.",
            connection));
  }
}
