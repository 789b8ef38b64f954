package io.orderbridge.schedule;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The last run of each schedule, table {@code schedule_run}. */
@Singleton
class ScheduleRuns {
  private static final String BEGAN =
      """
      insert into schedule_run (schedule, due, fired_at) values (?, ?, ?)
      on conflict (schedule) do update
         set due = excluded.due, fired_at = excluded.fired_at, ended_at = null, outcome = null,
             why = null
       where ? or schedule_run.due <> excluded.due\
      """;
  private static final String ENDED =
      """
      update schedule_run set ended_at = ?, outcome = ?, why = ? where schedule = ? and due = ?\
      """;

  private final Database database;

  ScheduleRuns(Database database) {
    this.database = database;
  }

  /**
   * @param endedAt null while it runs, and when its process died
   */
  record Run(Instant due, Instant firedAt, Instant endedAt, String outcome, String why) {}

  /**
   * @return false when this time was begun before and nobody has asked for it again: two processes
   *     that put the same file into the store in the same second have it fire twice
   */
  boolean began(Firing firing, Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(BEGAN)) {
            insert.setString(1, firing.id());
            insert.setObject(2, utc(firing.due()));
            insert.setObject(3, utc(now));
            insert.setBoolean(4, firing.recovered() || firing.handedBack());
            return insert.executeUpdate() == 1;
          }
        });
  }

  void ended(Firing firing, String outcome, String why, Instant now) {
    database.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(ENDED)) {
            update.setObject(1, utc(now));
            update.setString(2, outcome);
            update.setString(3, why);
            update.setString(4, firing.id());
            update.setObject(5, utc(firing.due()));
            update.executeUpdate();
          }
        });
  }

  /** By schedule. */
  Map<String, Run> all() {
    return database.inTransaction(
        connection -> {
          Map<String, Run> runs = new TreeMap<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "select schedule, due, fired_at, ended_at, outcome, why from schedule_run");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              runs.put(
                  rows.getString(1),
                  new Run(
                      instant(rows, 2),
                      instant(rows, 3),
                      instant(rows, 4),
                      rows.getString(5),
                      rows.getString(6)));
            }
          }
          return runs;
        });
  }

  void keepOnly(Set<String> schedules) {
    database.run(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from schedule_run where schedule <> all (?)")) {
            delete.setArray(1, connection.createArrayOf("text", schedules.toArray()));
            delete.executeUpdate();
          }
        });
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
