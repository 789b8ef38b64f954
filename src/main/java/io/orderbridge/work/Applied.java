package io.orderbridge.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * When the targets had applied events: the first attempt that was done. What still waits, or lies
 * as a dead letter that is not moot, counts as applied no sooner than now.
 */
public final class Applied {
  private static final String TABLE =
      """
      create temporary table applied_now (seq bigint not null, target text not null,
                                          at timestamptz not null) on commit drop\
      """;
  static final String GATHER =
      """
      insert into applied_now (seq, target, at)
      with done as materialized (
        select a.ref, a.queue, min(a.at) as at
          from attempt a join moved_now m on m.seq = a.ref
         where a.at >= ? and a.at <= ? and a.queue like 'outbox:%' and a.outcome = 'DONE'
         group by a.ref, a.queue),
      open as (
        select w.ref, w.queue from work w join moved_now m on m.seq = w.ref
         where w.queue like 'outbox:%'
        union
        select d.ref, d.queue from dead_letter d join moved_now m on m.seq = d.ref
         where d.queue like 'outbox:%' and d.state <> 'MOOT')
      select ref, substr(queue, 8), at from done
      union all
      select o.ref, substr(o.queue, 8), ? from open o
       where not exists (select 1 from done d where d.ref = o.ref and d.queue = o.queue)\
      """;

  private Applied() {}

  /**
   * Makes the temporary table {@code applied_now (seq, target, at)} of the events in {@code
   * moved_now}; both last as long as the transaction.
   *
   * @param from no event is older
   */
  public static void gather(Connection connection, Instant from, Instant now) throws SQLException {
    try (Statement table = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(GATHER)) {
      table.execute(TABLE);
      insert.setTimestamp(1, Timestamp.from(from));
      insert.setTimestamp(2, Timestamp.from(now));
      insert.setTimestamp(3, Timestamp.from(now));
      insert.executeUpdate();
    }
  }
}
