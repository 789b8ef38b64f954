package io.orderbridge.score;

import io.orderbridge.order.OrderCounts;
import io.orderbridge.store.Database;
import io.orderbridge.work.Applied;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * 订单状态同步延迟率: orders with a status that reached the order book or a system it is owed to more than
 * five minutes after it happened, of all orders whose status moved on that day. A day has what came
 * on it: what came in the night after an outage is late on that day.
 */
@Singleton
class SyncDelay implements Measured {
  // Where the time was lost: on the way to us, or at a target from when we knew.
  private static final String LATE =
      """
      create temporary table late_now on commit drop as
      select order_id, subject, case when at - happened > late.most then 'arrival' end as part,
             at - happened as took
        from moved_now, (select make_interval(secs => ?) as most) late
       where at - happened > late.most
      union all
      select m.order_id, m.subject,
             case when a.at - m.at > late.most then a.target else 'arrival' end,
             a.at - m.happened
        from applied_now a join moved_now m on m.seq = a.seq,
             (select make_interval(secs => ?) as most) late
       where a.at - m.happened > late.most\
      """;
  private static final String TOTALS =
      """
      select (select count(distinct order_id) from late_now),
             (select count(distinct order_id) from moved_now)\
      """;
  private static final String PARTS =
      "select part, count(distinct order_id) from late_now group by part";
  private static final String EXAMPLES =
      """
      select subject || ' ' || part || ' ' || ceil(extract(epoch from took))::bigint || 's'
        from (select distinct on (order_id) * from late_now order by order_id, took desc) worst
       order by took desc, subject limit ?\
      """;

  private final Database database;

  SyncDelay(Database database) {
    this.database = database;
  }

  @Override
  public Metric metric() {
    return Metric.SYNC_DELAY;
  }

  @Override
  public Optional<Measure> measure(Period period, HealthRules rules, Instant now) {
    Instant from = period.from().atStartOfDay(rules.zone()).toInstant();
    Instant to = period.to().atStartOfDay(rules.zone()).toInstant();
    return Optional.of(
        database.inTransaction(
            connection -> {
              OrderCounts.moved(connection, from, to, rules.history());
              Applied.gather(connection, from, now);
              late(connection, rules.late());
              return Counting.measure(connection, TOTALS, PARTS, EXAMPLES);
            }));
  }

  private static void late(Connection connection, Duration most) throws SQLException {
    try (PreparedStatement late = connection.prepareStatement(LATE)) {
      late.setLong(1, most.toSeconds());
      late.setLong(2, most.toSeconds());
      late.executeUpdate();
    }
  }
}
