package io.orderbridge.score;

import io.orderbridge.order.OrderCounts;
import io.orderbridge.repair.RepairsByHand;
import io.orderbridge.store.ByHand;
import io.orderbridge.store.Database;
import io.orderbridge.ticket.TicketsByHand;
import io.orderbridge.work.LettersByHand;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * 异常订单占比: orders that needed a person, of all that were placed in the ISO week. An order counts
 * once, in the week in which it was placed, whatever was done to it and whenever: what is done
 * later tells its week anew.
 */
@Singleton
class HandWork implements Measured {
  private static final String TOTALS =
      """
      select (select count(distinct order_id) from touched_now),
             (select count(*) from placed_now)\
      """;
  private static final String PARTS =
      "select what, count(distinct order_id) from touched_now group by what";
  private static final String EXAMPLES =
      """
      select p.subject || ' ' || string_agg(distinct t.what, ' ' order by t.what)
        from touched_now t join placed_now p on p.order_id = t.order_id
       group by p.subject order by count(distinct t.what) desc, p.subject limit ?\
      """;

  private final Database database;

  HandWork(Database database) {
    this.database = database;
  }

  @Override
  public Metric metric() {
    return Metric.HAND_WORK;
  }

  @Override
  public Optional<Measure> measure(Period period, HealthRules rules, Instant now) {
    Instant from = period.from().atStartOfDay(rules.zone()).toInstant();
    Instant to = period.to().atStartOfDay(rules.zone()).toInstant();
    return Optional.of(
        database.inTransaction(
            connection -> {
              ByHand.begin(connection);
              TicketsByHand.gather(connection, from, now);
              RepairsByHand.gather(connection, from, now);
              LettersByHand.gather(connection, from, now);
              OrderCounts.placed(connection, from, to);
              return Counting.measure(connection, TOTALS, PARTS, EXAMPLES);
            }));
  }
}
