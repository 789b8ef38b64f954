package io.orderbridge.ticket;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tickets to be read. Thread-safe. */
@Singleton
public class Tickets {
  // A ticket that was moved or spoken of oftener is a discussion: the newest are shown.
  private static final int HISTORY_MAX = 500;

  private final Database database;

  public Tickets(Database database) {
    this.database = database;
  }

  /**
   * Which tickets are wanted; null stands for any.
   *
   * @param state {@code live} (not closed), {@code open}, {@code in-progress}, {@code to-verify},
   *     {@code closed} or {@code all}
   * @param kind of the finding, or {@code HAND}
   * @param subject for example {@code shop/number}
   * @param overdue only those past their due time
   */
  public record Filter(String state, String owner, String kind, String subject, boolean overdue) {
    public Filter {
      if (!TicketSql.STATES.containsKey(state)) {
        throw new IllegalArgumentException(
            "'state' is one of "
                + String.join(", ", TicketSql.STATES.keySet().stream().sorted().toList()));
      }
    }

    /** All tickets about a subject, closed ones included. */
    public static Filter about(String subject) {
      return new Filter("all", null, null, subject, false);
    }
  }

  /**
   * What happened to a ticket.
   *
   * @param actor a person, or {@code orderbridge}
   * @param state after it, as is the owner
   */
  public record Event(
      Instant at,
      int episode,
      String what,
      String actor,
      String state,
      String owner,
      String reason) {}

  /** What somebody wrote. */
  public record Comment(Instant at, String author, String text) {}

  /** A ticket with what happened to it and what was said of it, the newest last. */
  public record Story(Ticket ticket, List<Event> events, List<Comment> comments) {}

  /**
   * Tickets, the newest first.
   *
   * @param before only those with a lower number; null from the newest on
   */
  public List<Ticket> list(Filter filter, Long before, int max, Instant now) {
    return list(filter, new Narrowed(Set.of(), Ageing.Span.ANY), before, max, now);
  }

  /**
   * Which of them besides.
   *
   * @param owners of any of these; empty for all
   * @param opened when it was opened last
   */
  public record Narrowed(Set<String> owners, Ageing.Span opened) {}

  /**
   * Tickets of several owners, or of an age, the newest first.
   *
   * @param before only those with a lower number; null from the newest on
   */
  public List<Ticket> list(Filter filter, Narrowed narrowed, Long before, int max, Instant now) {
    Wanted wanted = new Wanted(filter, now);
    if (!narrowed.owners().isEmpty()) {
      wanted.add("t.owner = any (?)", (Object) narrowed.owners().toArray(new String[0]));
    }
    if (narrowed.opened().from() != null) {
      wanted.add("t.opened_at >= ?", Timestamp.from(narrowed.opened().from()));
    }
    if (narrowed.opened().before() != null) {
      wanted.add("t.opened_at < ?", Timestamp.from(narrowed.opened().before()));
    }
    wanted.add("t.id < ?", before == null ? Long.MAX_VALUE : before);
    return page(wanted, "desc", max);
  }

  /** The next page by number. Each page is a short transaction of its own. */
  List<Ticket> after(Filter filter, long after, int max, Instant now) {
    Wanted wanted = new Wanted(filter, now);
    wanted.add("t.id > ?", after);
    return page(wanted, "asc", max);
  }

  /** The conditions of a filter with their values. */
  private static final class Wanted {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Wanted(Filter filter, Instant now) {
      add(TicketSql.STATES.get(filter.state()));
      if (filter.owner() != null) {
        add("t.owner = ?", filter.owner());
      }
      if (filter.kind() != null) {
        add("t.kind = ?", filter.kind());
      }
      if (filter.subject() != null) {
        add("t.subject = ?", filter.subject());
      }
      if (filter.overdue()) {
        add(TicketSql.OVERDUE, Timestamp.from(now), Timestamp.from(now.minus(Ticket.VERIFY_MAX)));
      }
    }

    void add(String condition, Object... itsValues) {
      conditions.add(condition);
      values.addAll(List.of(itsValues));
    }
  }

  private List<Ticket> page(Wanted wanted, String order, int max) {
    String sql = TicketSql.page(wanted.conditions, order);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            int place = 1;
            for (Object value : wanted.values) {
              query.setObject(
                  place++,
                  value instanceof String[] names
                      ? connection.createArrayOf("text", names)
                      : value);
            }
            query.setInt(place, max);
            return all(query, TicketRows::ticket);
          }
        });
  }

  /** One ticket with its history; empty when there is none of this number. */
  public Optional<Story> find(long id) {
    return database.inTransaction(
        connection -> {
          List<Ticket> found;
          try (PreparedStatement query = connection.prepareStatement(TicketSql.FIND)) {
            query.setLong(1, id);
            found = all(query, TicketRows::ticket);
          }
          if (found.isEmpty()) {
            return Optional.empty();
          }
          try (PreparedStatement events = connection.prepareStatement(TicketSql.EVENTS);
              PreparedStatement comments = connection.prepareStatement(TicketSql.COMMENTS)) {
            return Optional.of(
                new Story(
                    found.get(0),
                    newestLast(events, id, Tickets::event),
                    newestLast(comments, id, Tickets::comment)));
          }
        });
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getTimestamp(1).toInstant(),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7));
  }

  private static Comment comment(ResultSet row) throws SQLException {
    return new Comment(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3));
  }

  private static <T> List<T> newestLast(PreparedStatement query, long id, Row<T> row)
      throws SQLException {
    query.setLong(1, id);
    query.setInt(2, HISTORY_MAX);
    List<T> found = all(query, row);
    Collections.reverse(found);
    return found;
  }

  /** Reads one row. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> all(PreparedStatement query, Row<T> row) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    }
    return found;
  }
}
