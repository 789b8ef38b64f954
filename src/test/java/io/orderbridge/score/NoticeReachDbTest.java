package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.finding.Findings;
import io.orderbridge.notice.DaysOf;
import io.orderbridge.runtime.ShippedRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reached by receipt, of what the gates made. */
@Tag("R64")
class NoticeReachDbTest {
  private static final Period DAY = Every.DAY.of(LocalDate.of(2026, 11, 20));
  private static final Instant NEXT_NIGHT = Instant.parse("2026-11-20T16:40:00Z");

  private final Heart heart = Heart.fresh();
  private final NoticeReach reach = new NoticeReach(DaysOf.over(heart));

  @AfterEach
  void close() {
    heart.close();
  }

  // Every notice is one of the gate, however many channels it went by.
  private void notices(String gate, int from, int count, String state, boolean reached) {
    heart.execute(
        """
        insert into notice (gate, order_id, item, shop, number, gate_at, since, conditions, state,
                            steps, reached_at)
        select '%s', n, '', 'demo', 'N' || n, '2026-11-20T04:00:00Z', '2026-11-20T04:00:00Z', '{}',
               '%s', 1, case when %s then timestamptz '2026-11-20T04:01:00Z' end
          from generate_series(%d, %d) n\
        """
            .formatted(gate, state, reached, from, from + count - 1));
  }

  @Test
  void suppressed_and_unconfirmed_ones_are_due_and_other_gates_are_not() {
    notices("shipped", 1, 980, "DELIVERED", true);
    notices("shipped", 1_001, 15, "UNCONFIRMED", false);
    notices("shipped", 2_001, 5, "SUPPRESSED", false);
    notices("delivered", 1, 50, "FAILED", false);

    Measure measure = reach.measure(DAY, ShippedRules.health(), NEXT_NIGHT).orElseThrow();

    assertThat(measure.numerator()).isEqualByComparingTo("980");
    assertThat(measure.denominator()).isEqualByComparingTo("1000");
    assertThat(measure.by()).containsOnlyKeys("shipped unconfirmed", "shipped suppressed");
  }

  @Test
  void a_late_receipt_tells_the_day_anew() {
    notices("shipped", 1, 979, "DELIVERED", true);
    notices("shipped", 980, 21, "UNCONFIRMED", false);
    HealthRulesInForce rules = new HealthRulesInForce();
    rules.use(ShippedRules.health());
    HealthMetrics metrics =
        new HealthMetrics(
            heart.database,
            rules,
            new Findings(heart.database, List.of()),
            List.of(reach, new Played(Metric.SYNC_DELAY)));
    metrics.tell(Every.DAY, NEXT_NIGHT);

    heart.execute(
        "update notice set state = 'DELIVERED', reached_at = gate_at where number = 'N980'");
    metrics.tell(Every.DAY, NEXT_NIGHT.plusSeconds(86_400));
    metrics.tell(Every.DAY, NEXT_NIGHT.plusSeconds(2 * 86_400));

    assertThat(metrics.versions(Metric.NOTICE_REACH, DAY))
        .extracting(Value::verdict)
        .containsExactly(Verdict.BREACH, Verdict.WARNING);
  }
}
