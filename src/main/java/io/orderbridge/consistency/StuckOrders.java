package io.orderbridge.consistency;

import io.orderbridge.kernel.Level;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The list of orders that do not move, as it is now. */
@Singleton
class StuckOrders {
  private final Database database;
  private final StuckLimitsInForce limits;

  StuckOrders(Database database, StuckLimitsInForce limits) {
    this.database = database;
    this.limits = limits;
  }

  /**
   * One of them.
   *
   * @param waitsFor the milestone that would move it
   */
  record Stuck(
      String shop,
      String number,
      String status,
      Instant since,
      long ageSeconds,
      long limitSeconds,
      Level level,
      String waitsFor) {}

  /** Which are wanted; null stands for any. */
  record Filter(String status, String shop, Level level) {
    boolean wants(String other) {
      return status == null || status.equals(other);
    }
  }

  /** Those that are longest in their status first. */
  List<Stuck> list(Filter filter, int max, Instant now) {
    StuckLimits inForce = limits.now();
    return database.inTransaction(
        connection -> {
          List<Stuck> stuck = new ArrayList<>();
          for (String status : inForce.statuses()) {
            if (filter.wants(status) && inForce.shortest(status).isPresent()) {
              stuck.addAll(list(connection, inForce, status, filter, max, now));
            }
          }
          stuck.sort(Comparator.comparing(Stuck::since).thenComparing(Stuck::number));
          return List.copyOf(stuck.subList(0, Math.min(max, stuck.size())));
        });
  }

  private static List<Stuck> list(
      Connection connection,
      StuckLimits inForce,
      String status,
      Filter filter,
      int max,
      Instant now)
      throws SQLException {
    List<Stuck> stuck = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(StuckSql.LIST)) {
      int next = StuckSql.bind(query, 1, inForce, status, now);
      String level = filter.level() == null ? null : filter.level().name();
      query.setString(next++, filter.shop());
      query.setString(next++, filter.shop());
      query.setString(next++, level);
      query.setString(next++, level);
      query.setTimestamp(next++, Timestamp.from(now));
      query.setInt(next, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Instant since = rows.getTimestamp(3).toInstant();
          Duration age = Duration.between(since, now);
          Duration limit = Duration.ofSeconds(rows.getLong(4));
          stuck.add(
              new Stuck(
                  rows.getString(1),
                  rows.getString(2),
                  status,
                  since,
                  age.toSeconds(),
                  limit.toSeconds(),
                  age.compareTo(limit) < 0 ? Level.WARNING : Level.BREACH,
                  StuckStep.of(status).next().name()));
        }
      }
    }
    return stuck;
  }

  /** How many there are of each status and level; statuses without limit are missing. */
  Map<String, Map<String, Long>> counts(Instant now) {
    StuckLimits inForce = limits.now();
    return database.inTransaction(
        connection -> {
          Map<String, Map<String, Long>> counts = new TreeMap<>();
          for (String status : inForce.statuses()) {
            if (inForce.shortest(status).isPresent()) {
              counts.put(status, count(connection, inForce, status, now));
            }
          }
          return counts;
        });
  }

  private static Map<String, Long> count(
      Connection connection, StuckLimits inForce, String status, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(StuckSql.COUNT)) {
      query.setTimestamp(1, Timestamp.from(now));
      query.setTimestamp(2, Timestamp.from(now));
      StuckSql.bind(query, 3, inForce, status, now);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        Map<String, Long> levels = new LinkedHashMap<>();
        levels.put(Level.WARNING.name(), row.getLong(1));
        levels.put(Level.BREACH.name(), row.getLong(2));
        return levels;
      }
    }
  }
}
