package io.orderbridge.ticket;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import io.orderbridge.ticket.Duty.Plan;
import io.orderbridge.ticket.TicketLog.Entry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** Tickets that people open by hand: bound to no finding, so nothing but a person closes them. */
@Singleton
public class HandTickets {
  private final Database database;
  private final PolicyInForce policy;

  public HandTickets(Database database, PolicyInForce policy) {
    this.database = database;
    this.policy = policy;
  }

  /**
   * What is to be done; null stands for what the policy says of tickets by hand.
   *
   * @param key of the request; the same key again opens nothing. Null: every request opens one
   * @param subject what it is about; may be empty
   * @param amount null when there is none
   */
  public record Wanted(
      String key,
      String subject,
      Level level,
      Money amount,
      String text,
      Owner owner,
      Priority priority,
      Term due) {}

  /**
   * The ticket of a request.
   *
   * @param fresh false when it was there already
   */
  public record Opened(Ticket ticket, boolean fresh) {}

  /** Opens a ticket, or finds the one that was opened by the same request. */
  public Opened open(Wanted wanted, String actor, Instant now) {
    TicketPolicy rules = policy.current();
    Duty byHand = rules.byHand();
    Duty duty =
        new Duty(
            wanted.owner() == null ? byHand.owner() : wanted.owner(),
            wanted.due() == null ? byHand.due() : wanted.due(),
            wanted.priority() == null ? byHand.priority() : wanted.priority(),
            byHand.ladder());
    Plan plan = duty.plan(now, rules.calendar());
    return database.inTransaction(connection -> open(connection, wanted, plan, actor, now));
  }

  private static Opened open(
      Connection connection, Wanted wanted, Plan plan, String actor, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(TicketSql.BY_HAND)) {
      fill(insert, wanted, plan, actor, now);
      try (ResultSet row = insert.executeQuery()) {
        if (!row.next()) {
          return new Opened(read(connection, TicketSql.BY_REQUEST, wanted.key()), false);
        }
        Ticket ticket = read(connection, TicketSql.FIND, row.getLong(1));
        TicketLog.write(connection, ticket, new Entry("OPENED", actor, "", now), "by hand");
        return new Opened(ticket, true);
      }
    }
  }

  private static void fill(
      PreparedStatement insert, Wanted wanted, Plan plan, String actor, Instant now)
      throws SQLException {
    Wording text = new Wording(wanted.text(), wanted.text());
    Timestamp at = Timestamp.from(now);
    insert.setString(1, wanted.key());
    insert.setString(2, wanted.subject());
    insert.setString(3, wanted.level().name());
    insert.setBigDecimal(4, TicketRows.amount(wanted.amount()));
    insert.setString(5, TicketRows.currency(wanted.amount()));
    insert.setString(6, text.zh());
    insert.setString(7, text.en());
    insert.setString(8, plan.priority().name());
    insert.setString(9, plan.owner().name());
    insert.setTimestamp(10, Timestamp.from(plan.dueAt()));
    insert.setString(11, actor);
    insert.setTimestamp(12, at);
    insert.setTimestamp(13, at);
    insert.setTimestamp(14, at);
    insert.setString(15, TicketRows.rungsTo(plan));
    insert.setString(16, TicketRows.rungsAt(plan));
  }

  private static Ticket read(Connection connection, String sql, Object key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, key);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return TicketRows.ticket(row);
      }
    }
  }
}
