package io.orderbridge.ticket;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** Which orders had a ticket: a ticket is work for a person, whoever opened it. */
public final class TicketsByHand {
  static final String GATHER =
      """
      insert into by_hand_now (what, subject)
      select distinct 'ticket', subject from ticket where created_at >= ? and created_at < ?\
      """;

  private TicketsByHand() {}

  /** Adds them to {@link io.orderbridge.store.ByHand}, in its transaction. */
  public static void gather(Connection connection, Instant from, Instant to) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(GATHER)) {
      insert.setTimestamp(1, Timestamp.from(from));
      insert.setTimestamp(2, Timestamp.from(to));
      insert.executeUpdate();
    }
  }
}
