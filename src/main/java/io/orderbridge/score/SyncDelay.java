package io.orderbridge.score;

import io.orderbridge.order.Delays;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * 订单状态同步延迟率: delayed orders, as {@link Delays} says, of all orders whose status moved on that day.
 * A day has what came on it: what came in the night after an outage is late on that day.
 */
@Singleton
class SyncDelay implements Measured {
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
              Delays.gather(connection, from, to, now);
              return Counting.measure(connection, TOTALS, PARTS, EXAMPLES);
            }));
  }
}
