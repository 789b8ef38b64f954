package io.orderbridge.ticket;

import io.orderbridge.store.Audit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;

/** What a person did with a ticket: in its own history, and in the audit of all acts. */
final class TicketLog {
  private TicketLog() {}

  /**
   * @param what {@code TAKEN}, {@code CLOSED}, ...
   * @param reason in the person's words; may be empty
   */
  record Entry(String what, String actor, String reason, Instant at) {}

  /**
   * Writes both in the caller's transaction.
   *
   * @param after the ticket after the act
   * @param detail for the audit
   */
  static void write(Connection connection, Ticket after, Entry entry, String detail)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(TicketSql.EVENT)) {
      insert.setLong(1, after.id());
      insert.setTimestamp(2, Timestamp.from(entry.at()));
      insert.setInt(3, after.episode());
      insert.setString(4, entry.what());
      insert.setString(5, entry.actor());
      insert.setString(6, after.state().name());
      insert.setString(7, after.charge().owner().name());
      insert.setString(8, entry.reason());
      insert.executeUpdate();
    }
    Audit.write(
        connection,
        new Audit.Act(
            entry.actor(),
            "ticket." + entry.what().toLowerCase(Locale.ROOT).replace('_', '-'),
            "ticket/" + after.id(),
            entry.reason(),
            detail + "; after: " + standing(after)));
  }

  static String standing(Ticket ticket) {
    return "state=%s owner=%s".formatted(ticket.state().name(), ticket.charge().owner().name());
  }
}
