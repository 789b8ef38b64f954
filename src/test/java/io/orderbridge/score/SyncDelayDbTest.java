package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.finding.Findings;
import io.orderbridge.runtime.ShippedRules;
import io.orderbridge.store.Partitions;
import io.orderbridge.store.Partitions.Kept;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A status that is over five minutes late makes its order late, once. */
@Tag("R63")
class SyncDelayDbTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-11-20T16:40:00Z");

  private final Heart heart = Heart.fresh();
  private final SyncDelay delay = new SyncDelay(heart.database);

  @BeforeEach
  void partitions() {
    new Partitions(heart.database)
        .keep(
            List.of(new Kept("event", false, 400), new Kept("attempt", false, 400)),
            LocalDate.of(2026, 11, 19));
  }

  @AfterEach
  void close() {
    heart.close();
  }

  private void event(long order, Instant happened, Instant came) {
    event(
        order,
        "order.paid",
        "{\"change\": {\"milestone\": \"PAID\"}, \"milestones\": {\"PAID\":"
            + " \"%s\"}, \"parcels\": []}".formatted(happened),
        came);
  }

  private void event(long order, String type, String data, Instant came) {
    heart.execute(
        """
        insert into event (seq, at, tx, id, type, subject, order_id, body)
        values (%1$d, '%2$s', 1, 'e%1$d', '%3$s', 'demo/N%1$d', %1$d, '{"data": %4$s}')\
        """
            .formatted(order, came, type, data));
  }

  private void attempt(long order, String target, String outcome, Instant at) {
    heart.execute(
        """
        insert into attempt (at, work_id, queue, ref, subject, number, outcome, took_ms)
        values ('%s', 1, 'outbox:%s', %d, 'demo/N%d', 1, '%s', 1)\
        """
            .formatted(at, target, order, order, outcome));
  }

  private void letter(long order, String target, String state, Instant settled) {
    heart.execute(
        """
        insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,
                                 message, payload, attempts, since, died_at, state, settled_at)
        values (1, 'outbox:%s', 'l', %d, '%s', 's', 'k', 'TARGET_REFUSED', 'p', 'm', '', 1, '%s',
                '%s', '%s', %s)\
        """
            .formatted(
                target,
                order,
                NOON,
                NOON,
                NOON,
                state,
                settled == null ? "null" : "'" + settled + "'"));
  }

  private Measure measure() {
    return delay
        .measure(Every.DAY.of(LocalDate.of(2026, 11, 20)), ShippedRules.health(), NIGHT)
        .orElseThrow();
  }

  private void late(long expected) {
    assertThat(measure().numerator()).isEqualByComparingTo(BigDecimal.valueOf(expected));
  }

  @Test
  void three_hundred_seconds_are_in_time_and_301_are_late() {
    event(1, NOON, NOON);
    attempt(1, "erp", "AGAIN", NOON.plusSeconds(1));
    attempt(1, "erp", "DONE", NOON.plusSeconds(300));
    late(0);

    event(2, NOON, NOON);
    attempt(2, "erp", "DONE", NOON.plusSeconds(301));
    Measure measure = measure();

    assertThat(measure.numerator()).isEqualByComparingTo("1");
    assertThat(measure.denominator()).isEqualByComparingTo("2");
    assertThat(measure.by()).isEqualTo(Map.of("erp", BigDecimal.ONE));
    assertThat(measure.examples()).containsExactly("demo/N2 erp 301s");
  }

  @Test
  void the_way_to_us_counts_as_well() {
    event(1, NOON, NOON.plusSeconds(300));
    event(2, NOON, NOON.plusSeconds(301));
    event(3, NOON, NOON.plusSeconds(200));
    attempt(3, "erp", "DONE", NOON.plusSeconds(301));

    assertThat(measure().by()).isEqualTo(Map.of("arrival", BigDecimal.valueOf(2)));
    late(2);
  }

  @Test
  void an_order_that_is_late_at_two_targets_counts_once() {
    event(1, NOON, NOON);
    attempt(1, "erp", "DONE", NOON.plusSeconds(400));
    attempt(1, "wms", "DONE", NOON.plusSeconds(900));

    late(1);
    assertThat(measure().by()).containsOnlyKeys("erp", "wms");
    assertThat(measure().examples()).containsExactly("demo/N1 wms 900s");
  }

  @Test
  void what_was_in_time_and_is_sent_again_later_stays_in_time() {
    event(1, NOON, NOON);
    attempt(1, "erp", "DONE", NOON.plusSeconds(10));
    attempt(1, "erp", "DONE", NOON.plusSeconds(4_000));

    late(0);
  }

  @Test
  void what_never_got_there_is_late() {
    event(1, NOON, NOON);
    letter(1, "erp", "OPEN", null);
    event(2, NOON, NOON);
    letter(2, "crm", "DISCARDED", NOON.plusSeconds(10));
    event(3, NOON, NOON);
    heart.execute(
        """
        insert into work (queue, lane, ref, ref_at, subject, key)
        values ('outbox:wms', 'l', 3, '%s', 's', 'k')\
        """
            .formatted(NOON));

    late(3);
    assertThat(measure().by()).containsOnlyKeys("erp", "crm", "wms");
  }

  @Test
  void a_dead_letter_was_there_when_a_later_delivery_made_it_moot() {
    event(1, NOON, NOON);
    letter(1, "erp", "MOOT", NOON.plusSeconds(300));
    late(0);

    event(2, NOON, NOON);
    letter(2, "erp", "MOOT", NOON.plusSeconds(301));
    late(1);
  }

  @Test
  void of_a_parcel_the_time_stands_at_the_parcel() {
    event(
        1,
        "order.shipped",
        """
        {"change": {"milestone": "SHIPPED", "parcel": "P2"}, "milestones": {}, "parcels": [
         {"id": "P1", "milestones": {"SHIPPED": "2026-11-20T03:59:59Z"}},
         {"id": "P2", "milestones": {"SHIPPED": "2026-11-20T03:54:59Z"}}]}\
        """,
        NOON);

    late(1);
  }

  @Test
  void imported_history_updates_and_other_days_do_not_count() {
    event(1, NOON.minusSeconds(8 * 86_400), NOON);
    event(2, "order.updated", "{}", NOON);
    event(3, NOON.minusSeconds(86_400), NOON.minusSeconds(70_000));
    event(4, NOON.plusSeconds(900), NOON);

    Measure measure = measure();
    assertThat(measure.numerator()).isZero();
    assertThat(measure.denominator()).isEqualByComparingTo("2");
  }

  private void deliveredLate(int from, int to, Instant late) {
    heart.execute(
        """
        insert into attempt (at, work_id, queue, ref, subject, number, outcome, took_ms)
        select '%s', n, 'outbox:erp', n, 'demo/N' || n, 1, 'DONE', 1
          from generate_series(%d, %d) n\
        """
            .formatted(late, from, to));
  }

  @Test
  void of_a_thousand_nine_late_ones_pass_and_a_tenth_tells_the_day_anew() {
    for (int order = 1; order <= 1_000; order++) {
      event(order, NOON, NOON);
    }
    deliveredLate(1, 9, NOON.plusSeconds(301));
    deliveredLate(10, 990, NOON.plusSeconds(300));
    HealthRulesInForce rules = new HealthRulesInForce();
    rules.use(ShippedRules.health());
    HealthMetrics metrics =
        new HealthMetrics(
            heart.database,
            rules,
            new Findings(heart.database, List.of()),
            List.of(delay, new Played(Metric.NOTICE_REACH)));
    metrics.tell(Every.DAY, NIGHT);
    // Found to be owed after the day was told, and delivered then.
    deliveredLate(1_000, 1_000, NIGHT.plusSeconds(60));
    metrics.tell(Every.DAY, NIGHT.plusSeconds(86_400));

    List<Value> versions =
        metrics.versions(Metric.SYNC_DELAY, Every.DAY.of(LocalDate.of(2026, 11, 20)));
    assertThat(versions)
        .extracting(value -> value.measure().numerator().intValue())
        .containsExactly(9, 10);
    assertThat(versions)
        .extracting(Value::verdict)
        .containsExactly(Verdict.WARNING, Verdict.BREACH);
  }
}
