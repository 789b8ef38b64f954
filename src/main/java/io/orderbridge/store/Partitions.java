package io.orderbridge.store;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Makes the partitions of the coming days and drops those older than their table's retention.
 * Dropping costs nothing and leaves no dead rows, which deleting would.
 */
@Singleton
public class Partitions {
  private static final Logger LOG = Logger.getLogger(Partitions.class);
  // A week ahead: an installation that nobody looks after over a holiday goes on.
  private static final int DAYS_AHEAD = 7;
  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

  /**
   * @param table partitioned by range of a date or time
   * @param monthly one partition a month instead of one a day
   * @param keepDays partitions that ended longer ago are dropped
   */
  public record Kept(String table, boolean monthly, int keepDays) {}

  private final Database database;

  public Partitions(Database database) {
    this.database = database;
  }

  /**
   * Brings the partitions in line with the day. Called twice it changes nothing; two processes may
   * call it at once.
   *
   * @param today the day in UTC, which is how the partitions are cut
   */
  public void keep(List<Kept> tables, LocalDate today) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            // One process at a time; the lock ends with the transaction.
            statement.execute("select pg_advisory_xact_lock(28514, 0)");
            statement.execute("set local timezone to 'UTC'");
            for (Kept kept : tables) {
              create(statement, kept, today);
              drop(connection, kept, today);
            }
          }
        });
  }

  private static void create(Statement statement, Kept kept, LocalDate today) throws SQLException {
    LocalDate last = today.plusDays(DAYS_AHEAD);
    LocalDate from = kept.monthly() ? today.withDayOfMonth(1) : today;
    // Yesterday as well: the database's clock may be a little behind ours.
    from = kept.monthly() ? from : from.minusDays(1);
    while (!from.isAfter(last)) {
      LocalDate to = kept.monthly() ? from.plusMonths(1) : from.plusDays(1);
      statement.execute(
          "create table if not exists %s_%s partition of %s for values from ('%s') to ('%s')"
              .formatted(kept.table(), SUFFIX.format(from), kept.table(), from, to));
      from = to;
    }
  }

  private static void drop(Connection connection, Kept kept, LocalDate today) throws SQLException {
    for (String partition : partitions(connection, kept.table())) {
      LocalDate from = LocalDate.parse(partition.substring(partition.length() - 8), SUFFIX);
      LocalDate end = kept.monthly() ? from.plusMonths(1) : from.plusDays(1);
      if (end.isBefore(today.minusDays(kept.keepDays()))) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("drop table " + partition);
        }
        LOG.infof("partition.dropped table=%s partition=%s", kept.table(), partition);
      }
    }
  }

  private static List<String> partitions(Connection connection, String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var query =
        connection.prepareStatement(
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }
}
