package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.finding.Findings;
import io.orderbridge.runtime.ShippedRules;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a scan costs in a book of a million orders. */
@Tag("R13")
class StuckVolumeDbTest {
  private static final int ORDERS = 1_000_000;
  // Far above what it takes: the index finds a hundred rows in milliseconds; a scan of all takes
  // half a second and more.
  private static final Duration SCAN_MAX = Duration.ofMillis(250);

  private final Instant now = Instant.parse("2026-11-20T02:00:00Z");

  @Test
  void a_scan_of_a_million_orders_of_which_a_hundred_are_stuck_reads_by_the_index_alone() {
    try (Heart heart = Heart.fresh()) {
      fill(heart);
      StuckLimitsInForce limits = new StuckLimitsInForce();
      limits.replace(ShippedRules.stuck());
      Findings findings = new Findings(heart.database, List.of());
      StuckRound round = new StuckRound(heart.database, findings, limits);
      round.run(now);

      long begun = System.nanoTime();
      round.run(now.plusSeconds(60));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      System.out.printf(
          "stuck: %d orders, 100 of them stuck: one scan %d ms%n", ORDERS, took.toMillis());
      assertThat(heart.number("select count(*) from finding where state = 'OPEN'")).isEqualTo(100);
      assertThat(took).isLessThan(SCAN_MAX);
      for (String status : ShippedRules.stuck().statuses()) {
        assertThat(plan(heart, status))
            .contains("customer_order_since")
            .doesNotContain("Seq Scan on customer_order");
      }
    }
  }

  // Three of four are completed, the others spread over the open statuses and minutes old; a
  // hundred
  // lie there for long.
  private void fill(Heart heart) {
    heart.execute(
        """
        insert into customer_order (shop, number, status, revision, state, since)
        select 'demo', 'N' || n,
               case when n %% 4 <> 0 then 'COMPLETED'
                    else (array['CREATED', 'PAID', 'ACCEPTED', 'PACKED', 'SHIPPED',
                                'IN_TRANSIT'])[1 + n / 4 %% 6] end,
               1, '{}',
               '%s'::timestamptz - make_interval(mins => n %% 30)
                 - case when n <= 400 and n %% 4 = 0 then interval '30 days' else interval '0' end
          from generate_series(1, %d) n\
        """
            .formatted(now, ORDERS));
    heart.execute("analyze customer_order");
  }

  private String plan(Heart heart, String status) {
    return heart.database.inTransaction(
        connection -> {
          StringBuilder plan = new StringBuilder();
          try (PreparedStatement explain =
              connection.prepareStatement("explain " + StuckSql.LIST)) {
            int next = StuckSql.bind(explain, 1, ShippedRules.stuck(), status, now);
            for (int i = 0; i < 4; i++) {
              explain.setString(next++, null);
            }
            explain.setTimestamp(next++, java.sql.Timestamp.from(now));
            explain.setInt(next, 1_000);
            try (ResultSet rows = explain.executeQuery()) {
              while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
              }
            }
          }
          return plan.toString();
        });
  }
}
