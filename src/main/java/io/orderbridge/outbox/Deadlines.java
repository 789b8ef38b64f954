package io.orderbridge.outbox;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderEvent;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Keeps the time until which targets have to be told that an order was shipped (R18): begun in the
 * transaction that made the order's event, met in the transaction that settled the delivery, warned
 * and breached by the clock that is handed in. An order is warned once and breached once, over all
 * instances and restarts.
 */
@Singleton
public class Deadlines {
  private static final Logger LOG = Logger.getLogger(Deadlines.class);
  private static final int ROUND_MAX = 1_000;

  private static final String BEGIN =
      """
      insert into upload_deadline (target, subject, due_at, warn_at)
      select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
          on conflict (target, subject) do update
         set due_at = least(upload_deadline.due_at, excluded.due_at),
             warn_at = least(upload_deadline.warn_at, excluded.warn_at)
       where upload_deadline.state = 'OPEN' and excluded.due_at < upload_deadline.due_at\
      """;

  private static final String VOID =
      """
      update upload_deadline set state = 'VOID'
       where subject = any (?::text[]) and state in ('OPEN', 'WARNED')\
      """;

  private static final String MEET =
      """
      update upload_deadline
         set met_at = ?, state = case when state = 'BREACHED' or due_at < ? then 'BREACHED'
                                      else 'MET' end,
             breached_at = case when due_at < ? then coalesce(breached_at, due_at) end
       where target = ? and subject = ? and met_at is null and state <> 'VOID'\
      """;

  // Taken and marked by one statement: two instances do not warn of one order twice.
  private static final String PASS =
      """
      with due as (
        select target, subject from upload_deadline
         where state in ('OPEN', 'WARNED') and met_at is null
           and (due_at <= ? or state = 'OPEN' and warn_at <= ?)
         order by due_at limit ? for update skip locked)
      update upload_deadline d
         set state = case when d.due_at <= ? then 'BREACHED' else 'WARNED' end,
             warned_at = coalesce(d.warned_at, ?),
             breached_at = case when d.due_at <= ? then ?::timestamptz end
        from due where d.target = due.target and d.subject = due.subject
      returning d.target, d.subject, d.state, d.due_at\
      """;

  private static final String LIST =
      """
      select target, subject, due_at, state, warned_at, breached_at, met_at
        from upload_deadline
       where (?::text is null or target = ?)
         and (case ? when 'at-risk' then state = 'WARNED'
                     when 'breached' then state = 'BREACHED'
                     when 'open' then state in ('OPEN', 'WARNED') else true end)
       order by due_at limit ?\
      """;

  /** The deadline of one order at one target. */
  public record Entry(
      String target,
      String order,
      Instant dueAt,
      String state,
      Instant warnedAt,
      Instant breachedAt,
      Instant metAt) {}

  private final Database database;

  public Deadlines(Database database) {
    this.database = database;
  }

  private record Begun(String target, String subject, Instant dueAt, Instant warnAt) {}

  /** Begins and voids what these events say. Joins the transaction that writes them. */
  void follow(Connection connection, List<OrderEvent> events, Iterable<Target> targets)
      throws SQLException {
    List<Begun> begun = new ArrayList<>();
    List<String> cancelled = new ArrayList<>();
    for (OrderEvent event : events) {
      for (Target target : targets) {
        begin(event, target, begun);
      }
      if (event.type().equals(Milestone.CANCELLED.eventType())) {
        cancelled.add(event.order().toString());
      }
    }
    write(connection, begun);
    if (!cancelled.isEmpty()) {
      try (PreparedStatement update = connection.prepareStatement(VOID)) {
        update.setArray(1, Columns.array(connection, "text", cancelled, subject -> subject));
        update.executeUpdate();
      }
    }
  }

  private static void begin(OrderEvent event, Target target, List<Begun> begun) {
    UploadDeadline rule = target.uploadDeadline();
    if (rule == null
        || !event.type().equals(rule.after().eventType())
        || !target.sells(event.order().shop())) {
      return;
    }
    Instant dueAt = reachedAt(event, rule.after()).plus(rule.within());
    begun.add(new Begun(target.name(), event.order().toString(), dueAt, dueAt.minus(rule.warn())));
  }

  private static Instant reachedAt(OrderEvent event, Milestone milestone) {
    boolean told =
        event.cloudEvent().get("data") instanceof Map<?, ?> data
            && data.get("milestones") instanceof Map<?, ?> milestones
            && milestones.get(milestone.name()) instanceof String;
    if (!told) {
      return event.at();
    }
    Map<?, ?> data = (Map<?, ?>) event.cloudEvent().get("data");
    return Instant.parse((String) ((Map<?, ?>) data.get("milestones")).get(milestone.name()));
  }

  private static void write(Connection connection, List<Begun> begun) throws SQLException {
    if (begun.isEmpty()) {
      return;
    }
    // One row per order: a statement must not meet the same row twice.
    Map<String, Begun> each = new TreeMap<>();
    begun.forEach(one -> each.putIfAbsent(one.target() + " " + one.subject(), one));
    List<Begun> rows = List.copyOf(each.values());
    try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
      insert.setArray(1, Columns.array(connection, "text", rows, Begun::target));
      insert.setArray(2, Columns.array(connection, "text", rows, Begun::subject));
      insert.setArray(
          3, Columns.array(connection, "timestamptz", rows, one -> one.dueAt().toString()));
      insert.setArray(
          4, Columns.array(connection, "timestamptz", rows, one -> one.warnAt().toString()));
      insert.executeUpdate();
    }
  }

  /** The target was told. Joins the transaction that settles the delivery; twice is harmless. */
  static void met(Connection connection, String target, String subject, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(MEET)) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setTimestamp(2, Timestamp.from(now));
      update.setTimestamp(3, Timestamp.from(now));
      update.setString(4, target);
      update.setString(5, subject);
      update.executeUpdate();
    }
  }

  /**
   * Warns of what comes near and notes what is over, as of {@code now}.
   *
   * @return how many orders changed their state; more may be left when it is a thousand
   */
  public int round(Instant now) {
    List<Entry> passed = database.inTransaction(connection -> pass(connection, now));
    for (Entry entry : passed) {
      if (entry.state().equals("BREACHED")) {
        LOG.warnf(
            "upload.breached target=%s order=%s due=%s",
            entry.target(), entry.order(), entry.dueAt());
      } else {
        LOG.warnf(
            "upload.at_risk target=%s order=%s due=%s",
            entry.target(), entry.order(), entry.dueAt());
      }
    }
    return passed.size();
  }

  private static List<Entry> pass(Connection connection, Instant now) throws SQLException {
    List<Entry> passed = new ArrayList<>();
    Timestamp at = Timestamp.from(now);
    try (PreparedStatement update = connection.prepareStatement(PASS)) {
      update.setTimestamp(1, at);
      update.setTimestamp(2, at);
      update.setInt(3, ROUND_MAX);
      for (int place = 4; place <= 7; place++) {
        update.setTimestamp(place, at);
      }
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          passed.add(
              new Entry(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getTimestamp(4).toInstant(),
                  rows.getString(3),
                  null,
                  null,
                  null));
        }
      }
    }
    return passed;
  }

  /**
   * Deadlines, the earliest first.
   *
   * @param target null for all
   * @param state {@code at-risk}, {@code breached}, {@code open}, or {@code all}
   */
  public List<Entry> list(String target, String state, int max) {
    return database.inTransaction(
        connection -> {
          List<Entry> entries = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(LIST)) {
            query.setString(1, target);
            query.setString(2, target);
            query.setString(3, state);
            query.setInt(4, max);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                entries.add(entry(rows));
              }
            }
          }
          return entries;
        });
  }

  /** How many deadlines are in each of the states that somebody should look at. */
  public Map<String, Long> counts() {
    return database.inTransaction(
        connection -> {
          Map<String, Long> counts = new TreeMap<>(Map.of("WARNED", 0L, "BREACHED", 0L));
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "select state, count(*) from upload_deadline where state = 'WARNED' or state"
                          + " = 'BREACHED' and met_at is null group by state");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              counts.put(rows.getString(1), rows.getLong(2));
            }
          }
          return counts;
        });
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString(1),
        row.getString(2),
        row.getTimestamp(3).toInstant(),
        row.getString(4),
        instant(row.getTimestamp(5)),
        instant(row.getTimestamp(6)),
        instant(row.getTimestamp(7)));
  }

  private static Instant instant(Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
