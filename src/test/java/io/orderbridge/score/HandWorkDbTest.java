package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.runtime.ShippedRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every act of a person and every ticket marks its order, once. */
@Tag("R66")
class HandWorkDbTest {
  // A week before this one, so that what is done to its orders is done after it as well.
  private static final Period WEEK =
      Every.WEEK.of(LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC)).back(1);
  private static final Instant PLACED = WEEK.from().atTime(4, 0).toInstant(ZoneOffset.UTC);

  private final Heart heart = Heart.fresh();
  private final HandWork work = new HandWork(heart.database);

  @BeforeEach
  void placed() {
    heart.execute(
        """
        insert into customer_order (shop, number, status, revision, state, created_on)
        select 'demo', 'N' || n, 'PAID', 1, '{}', '%s'::timestamptz + make_interval(mins => n)
          from generate_series(1, 1000) n\
        """
            .formatted(PLACED));
  }

  @AfterEach
  void close() {
    heart.close();
  }

  private void ticket(String subject, String code) {
    heart.execute(
        """
        insert into ticket (episode, kind, code, subject, item, level, zh, en, rule, priority,
                            owner, due_at, ladder_to, ladder_at, state_by, state_at,
                            created_at, opened_at)
        values (1, 'STUCK', '%s', '%s', '', 'BREACH', 'z', 'e', '', 'LOW', 'ops', now(), '{}', '{}',
                '', now(), now(), now())\
        """
            .formatted(code, subject));
  }

  private void repair(String number, String source, String decidedBy, String state) {
    heart.execute(
        """
        with r as (
          insert into repair (action, state, options, overridden, reason, proposed_by, proposed_as,
                              proposed_at, second, decided_by, source, orders, changes)
          values ('force', 'DONE', '{}', false, 'r', 'wang', 'ops', now(), '', %s, '%s', 1, 1)
          returning id)
        insert into repair_item (repair_id, item, shop, number, wish, state, before, after,
                                 plan, why)
        select id, 1, 'demo', '%s', '{}', '%s', '', '', '{}', '' from r\
        """
            .formatted(decidedBy, source, number, state));
  }

  private void letter(String queue, long ref, String subject, String state) {
    heart.execute(
        """
        insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,
                                 message, payload, attempts, since, state, settled_at, settled_by)
        values (1, '%s', 'l', %d, now(), '%s', 'k', 'TARGET_REFUSED', 'p', 'm', '', 1, now(), '%s',
                now(), 'wang')\
        """
            .formatted(queue, ref, subject, state));
  }

  private Measure measure() {
    return work.measure(WEEK, ShippedRules.health(), Instant.now().plusSeconds(60)).orElseThrow();
  }

  private void touched(long expected) {
    assertThat(measure().numerator()).isEqualByComparingTo(BigDecimal.valueOf(expected));
  }

  @Test
  void nineteen_of_a_thousand_pass_and_twenty_do_not() {
    for (int n = 1; n <= 19; n++) {
      ticket("demo/N" + n, "PAID_TOO_LONG");
    }
    Rule rule = ShippedRules.health().metrics().get(Metric.HAND_WORK);
    assertThat(rule.judge(measure())).isEqualTo(Verdict.WARNING);

    ticket("demo/N20", "PAID_TOO_LONG");
    assertThat(measure().denominator()).isEqualByComparingTo("1000");
    assertThat(rule.judge(measure())).isEqualTo(Verdict.BREACH);
  }

  @Test
  void an_order_counts_once_whatever_was_done_to_it() {
    ticket("demo/N1", "PAID_TOO_LONG");
    ticket("demo/N1", "PAID_TWICE");
    repair("N1", "", "null", "VERIFIED");
    letter("outbox:erp", 1, "demo/N1", "REPLAYED");

    touched(1);
    assertThat(measure().by()).containsOnlyKeys("ticket", "repair", "dead-letter");
    assertThat(measure().examples()).containsExactly("demo/N1 dead-letter repair ticket");
  }

  @Test
  void a_message_that_a_person_replayed_marks_the_order_it_told_of() {
    heart.execute(
        """
        insert into order_fact (order_id, system, inbox_id, facts)
        select id, 'shop', 77, '{}' from customer_order where number = 'N5'\
        """);
    letter("inbox:shop", 77, "message-1", "REPLAYED");
    letter("inbox:shop", 78, "message-2", "DISCARDED");

    touched(1);
    assertThat(measure().examples()).containsExactly("demo/N5 dead-letter");
  }

  @Test
  void what_the_program_did_by_itself_marks_nothing() {
    repair("N1", "finding:1", "null", "VERIFIED");
    repair("N2", "", "null", "REFUSED");
    repair("N3", "", "null", "UNCHANGED");
    letter("outbox:erp", 1, "demo/N4", "MOOT");
    letter("outbox:erp", 1, "demo/N5", "OPEN");
    ticket("shop-receipts", "AMOUNT");
    touched(0);

    repair("N1", "finding:1", "'li'", "VERIFIED");
    touched(1);
  }

  @Test
  void an_order_of_which_nobody_told_when_it_was_placed_counts_from_when_it_was_heard_of() {
    heart.execute(
        """
        update customer_order set created_on = null, created_at = '%s' where number = 'N1'\
        """
            .formatted(PLACED));
    heart.execute("update customer_order set created_on = now() where number = 'N2'");

    assertThat(measure().denominator()).isEqualByComparingTo("999");
  }
}
