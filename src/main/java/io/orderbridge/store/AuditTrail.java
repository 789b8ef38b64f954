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
    Query query = query(filter, before, most);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(query.sql())) {
            for (int i = 0; i < query.values().size(); i++) {
              select.setObject(i + 1, query.values().get(i));
            }
            return rows(select);
          }
        });
  }

  /** A statement and its parameters, in their order. */
  record Query(String sql, List<Object> values) {}

  // Only what is asked for: each condition has an index that goes on by id, newest first.
  static Query query(Filter filter, long before, int most) {
    StringBuilder sql = new StringBuilder(COLUMNS + " where id < ?");
    List<Object> values = new ArrayList<>(List.of(before));
    narrow(" and actor = ?", filter.actor(), sql, values);
    narrow(" and action = ?", filter.action(), sql, values);
    narrow(" and subject = ?", filter.subject(), sql, values);
    narrow(" and at >= ?", stamp(filter.from()), sql, values);
    narrow(" and at < ?", stamp(filter.to()), sql, values);
    values.add(most);
    return new Query(sql + " order by id desc limit ?", values);
  }

  private static void narrow(
      String condition, Object value, StringBuilder sql, List<Object> values) {
    if (value != null) {
      sql.append(condition);
      values.add(value);
    }
  }

  private static Timestamp stamp(Instant at) {
    return at == null ? null : Timestamp.from(at);
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
