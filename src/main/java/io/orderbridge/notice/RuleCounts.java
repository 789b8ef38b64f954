package io.orderbridge.notice;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How often each rule decided on a message, and what it did. */
@Singleton
public class RuleCounts {
  private static final String COUNT =
      """
      select d ->> 'rule', coalesce(d ->> 'channel', ''), d ->> 'does', count(*),
             count(distinct n.id)
        from (select id, decided from notice where gate_at >= ? and gate_at < ?
               order by id desc limit %d) n
             cross join lateral jsonb_array_elements(n.decided::jsonb) d
       group by 1, 2, 3 order by 1, 2, 3 limit 500\
      """
          .formatted(NoticeList.LOOKED_MAX);

  private final Database database;

  RuleCounts(Database database) {
    this.database = database;
  }

  /**
   * A rule at work.
   *
   * @param channel empty where the whole notice was kept back
   * @param does SEND, STRIP, POSTPONE, SUPPRESS, SUPPRESSED or SKIP
   * @param times what was postponed is decided anew, so a notice may be counted more than once
   */
  public record Count(String rule, String channel, String does, long times, long notices) {}

  /**
   * Of the newest {@link NoticeList#LOOKED_MAX} notices whose gates opened from then, inclusive, to
   * then; at most 500 rows.
   */
  public List<Count> between(Instant from, Instant to) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(COUNT)) {
            query.setTimestamp(1, Timestamp.from(from));
            query.setTimestamp(2, Timestamp.from(to));
            List<Count> counts = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                counts.add(
                    new Count(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getLong(5)));
              }
            }
            return counts;
          }
        });
  }
}
