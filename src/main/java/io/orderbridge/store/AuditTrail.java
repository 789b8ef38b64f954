package io.orderbridge.store;

import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the trail that {@link Audit} writes: who did what, when. Thread-safe. */
@Singleton
public class AuditTrail {
  private static final String COLUMNS =
      "select id, at, actor, action, subject, reason, detail from audit";
  // Each condition has an index that goes on by id, newest first.
  private static final String LIST =
      COLUMNS
          + """
             where id < ?
               and (?::text is null or actor = ?) and (?::text is null or action = ?)
               and (?::text is null or subject = ?)
               and (?::timestamptz is null or at >= ?) and (?::timestamptz is null or at < ?)
             order by id desc limit ?\
          """;
  // From one action to the next by its index: the table grows with every look, the actions do not.
  private static final String ACTIONS =
      """
      with recursive named as (
        (select action from audit order by action limit 1)
        union all
        select (select a.action from audit a where a.action > n.action order by a.action limit 1)
          from named n where n.action is not null)
      select action from named where action is not null\
      """;

  private final Database database;

  AuditTrail(Database database) {
    this.database = database;
  }

  /** One act, and when it was done. */
  public record Entry(long id, Instant at, Audit.Act act) {}

  /**
   * Which acts; null for any. Texts are matched as a whole.
   *
   * @param from at this time or later
   * @param to before this time
   */
  public record Filter(String actor, String action, String subject, Instant from, Instant to) {}

  /**
   * The newest first.
   *
   * @param before only those with a smaller id; {@link Long#MAX_VALUE} for the first ones
   */
  public List<Entry> list(Filter filter, long before, int most) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(LIST)) {
            query.setLong(1, before);
            int at = 2;
            for (String text : new String[] {filter.actor(), filter.action(), filter.subject()}) {
              query.setString(at++, text);
              query.setString(at++, text);
            }
            for (Instant time : new Instant[] {filter.from(), filter.to()}) {
              Timestamp value = time == null ? null : Timestamp.from(time);
              query.setTimestamp(at++, value);
              query.setTimestamp(at++, value);
            }
            query.setInt(at, most);
            return rows(query);
          }
        });
  }

  /** One act; empty when there is none with this id. */
  public Optional<Entry> find(long id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(COLUMNS + " where id = ?")) {
            query.setLong(1, id);
            return rows(query).stream().findFirst();
          }
        });
  }

  /** The actions that were done so far, by name. */
  public List<String> actions() {
    return database.inTransaction(
        connection -> {
          List<String> actions = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(ACTIONS);
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              actions.add(row.getString(1));
            }
          }
          return actions;
        });
  }

  private static List<Entry> rows(PreparedStatement query) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        entries.add(
            new Entry(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                new Audit.Act(
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7))));
      }
    }
    return entries;
  }
}
