package io.orderbridge.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * Which dead letters a person replayed or discarded: those of targets name their order, those of
 * received messages their message. What a rule settled is not by hand.
 */
public final class LettersByHand {
  static final String GATHER =
      """
      insert into by_hand_now (what, subject, inbox_id)
      select distinct 'dead-letter', case when queue like 'outbox:%' then subject end,
             case when queue like 'inbox:%' then ref end
        from dead_letter
       where state in ('REPLAYED', 'DISCARDED') and settled_at >= ? and settled_at < ?
         and (queue like 'outbox:%' or queue like 'inbox:%')\
      """;

  private LettersByHand() {}

  /** Adds them to {@link io.orderbridge.store.ByHand}, in its transaction. */
  public static void gather(Connection connection, Instant from, Instant to) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(GATHER)) {
      insert.setTimestamp(1, Timestamp.from(from));
      insert.setTimestamp(2, Timestamp.from(to));
      insert.executeUpdate();
    }
  }
}
