package io.orderbridge.repair;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * Which orders a person changed: by a repair that people proposed, or that a person had to approve.
 * What a check mended by itself is not by hand, and neither is what was refused or left as it was.
 */
public final class RepairsByHand {
  static final String GATHER =
      """
      insert into by_hand_now (what, subject)
      select distinct 'repair', i.shop || '/' || i.number
        from repair r join repair_item i on i.repair_id = r.id
       where r.proposed_at >= ? and r.proposed_at < ?
         and (r.source = '' or r.decided_by is not null)
         and i.state not in ('PLANNED', 'REFUSED', 'UNCHANGED')\
      """;

  private RepairsByHand() {}

  /** Adds them to {@link io.orderbridge.store.ByHand}, in its transaction. */
  public static void gather(Connection connection, Instant from, Instant to) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(GATHER)) {
      insert.setTimestamp(1, Timestamp.from(from));
      insert.setTimestamp(2, Timestamp.from(to));
      insert.executeUpdate();
    }
  }
}
