package io.orderbridge.work;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * When the targets had applied events: the first attempt that was done, or when a later delivery
 * made a dead letter moot, as it brought the same state. What still waits, or lies as another dead
 * letter, counts as applied no sooner than now.
 */
public final class Applied {
  /**
   * Gives {@code (seq, target, at)} of the events in {@code moved_now (seq)}, which the statement
   * or the transaction has; {@link #bind} gives it its parameters.
   */
  public static final String WHEN =
      """
      with done as materialized (
        select ref, queue, min(at) as at
          from (select a.ref, a.queue, a.at
                  from attempt a join moved_now m on m.seq = a.ref
                 where a.at >= ? and a.at <= ? and a.queue like 'outbox:%' and a.outcome = 'DONE'
                union all
                select d.ref, d.queue, d.settled_at
                  from dead_letter d join moved_now m on m.seq = d.ref
                 where d.queue like 'outbox:%' and d.state = 'MOOT') ended
         group by ref, queue),
      open as (
        select w.ref, w.queue from work w join moved_now m on m.seq = w.ref
         where w.queue like 'outbox:%'
        union
        select d.ref, d.queue from dead_letter d join moved_now m on m.seq = d.ref
         where d.queue like 'outbox:%' and d.state <> 'MOOT')
      select ref as seq, substr(queue, 8) as target, at from done
      union all
      select o.ref, substr(o.queue, 8), ? from open o
       where not exists (select 1 from done d where d.ref = o.ref and d.queue = o.queue)\
      """;

  private Applied() {}

  /**
   * Sets the parameters of {@link #WHEN}.
   *
   * @param place of the first of them
   * @param from no event is older
   */
  public static void bind(PreparedStatement statement, int place, Instant from, Instant now)
      throws SQLException {
    statement.setTimestamp(place, Timestamp.from(from));
    statement.setTimestamp(place + 1, Timestamp.from(now));
    statement.setTimestamp(place + 2, Timestamp.from(now));
  }
}
