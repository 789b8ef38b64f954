package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.outbox.Owing;
import io.orderbridge.schedule.Intake.Arrived;
import io.orderbridge.schedule.Source.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gap proof (idea 8): what the source has has reached the order book, and what had not. */
@Tag("R03")
class GapProofDbTest {
  private static final int ORDERS = 200;
  private static final int SUPPRESSED = 37;
  private static final String AT = "2026-11-20T09:50:00+08:00";
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

  private final Sweeps sweeps = Sweeps.fresh();
  private final SourceStates states = new SourceStates(sweeps.heart.database);
  private final OrderBook book = Books.open(sweeps.heart, Owing.debts(sweeps.heart));

  @AfterEach
  void end() {
    Books.close(book);
    sweeps.close();
  }

  private void push(String id) {
    long message = sweeps.intake.store("shop/x", List.of(new Arrived(id, "", new byte[1]))).get(0);
    say(id, message, "CREATED");
  }

  private void say(String id, long message, String... milestones) {
    Object[] facts = Stream.of(milestones).map(milestone -> Books.reached(milestone, AT)).toArray();
    book.record(Books.facts(id, facts), "shop", message, null).join();
  }

  /** As the route of the stream does. */
  private void applySweep(String... milestones) {
    List<String> rows =
        sweeps.heart.texts("select distinct inbox_id || ' ' || item_id from window_item");
    for (String row : rows) {
      say(row.split(" ")[1], Long.parseLong(row.split(" ")[0]), milestones);
    }
    sweeps.applyAll();
  }

  private List<String> recovered(Source source) {
    return states.recovered(source, FROM, TO).stream()
        .map(item -> (String) item.get("id"))
        .sorted()
        .toList();
  }

  @Test
  void thirty_seven_orders_that_were_never_pushed_are_recovered_and_exactly_those_are_listed() {
    // Given
    Source source = Specs.quarterly(Order.LAST_FIRST);
    ShiftingSource partner = new ShiftingSource(true, ORDERS);
    List<String> ids = new ArrayList<>(partner.ids());
    Collections.shuffle(ids, new Random(37));
    List<String> suppressed = ids.subList(0, SUPPRESSED).stream().sorted().toList();
    ids.subList(SUPPRESSED, ORDERS).forEach(this::push);

    // When
    sweeps.run(source, partner);
    assertThat(sweeps.states()).containsExactly("READ");
    applySweep("CREATED");
    sweeps.later(Duration.ofMinutes(1), source, partner);

    // Then
    assertThat(sweeps.states()).contains("PROVED");
    assertThat(recovered(source)).isEqualTo(suppressed);
    assertThat(sweeps.heart.number("select count(*) from customer_order")).isEqualTo(ORDERS);
    assertThat(sweeps.heart.number("select sum(recovered) from source_window"))
        .isEqualTo(SUPPRESSED);
  }

  @Test
  void a_lost_push_of_one_milestone_is_a_recovery_and_a_push_that_came_is_none() {
    // Given: both were created by push, the payment of one was pushed as well
    Source source = Specs.quarterly(Order.LAST_FIRST);
    ShiftingSource partner = new ShiftingSource(true, 2);
    push("o0000");
    push("o0001");
    say("o0001", 999_999_999L, "PAID");

    // When
    sweeps.run(source, partner);
    applySweep("CREATED", "PAID");
    sweeps.later(Duration.ofMinutes(1), source, partner);

    // Then
    assertThat(recovered(source)).containsExactly("o0000");
  }

  @Test
  @Tag("R05")
  void the_watermark_never_passes_a_window_that_is_not_proved() {
    // Given
    Source source = Specs.quarterly(Order.FIRST_LAST);
    Random random = new Random(8);
    for (int step = 0; step < 40; step++) {
      ShiftingSource partner = new ShiftingSource(false, random.nextInt(8));
      PageRoute route =
          partner.failing(n -> random.nextInt(6) == 0 ? new IllegalStateException("reset") : null);

      // When
      sweeps.later(Duration.ofMinutes(10), source, route);
      if (random.nextBoolean()) {
        sweeps.applyAll();
      }

      // Then
      Instant until = states.state(source, sweeps.clock.instant()).completeUntil();
      String before = until == null ? "-infinity" : until.toString();
      assertThat(
              sweeps.heart.number(
                  "select count(*) from source_window where state <> 'PROVED' and starts_at < '"
                      + before
                      + "'"))
          .as("step %d", step)
          .isZero();
    }
    sweeps.applyAll();
    for (int i = 0; i < 12; i++) {
      sweeps.later(Duration.ofMinutes(1), source, new ShiftingSource(false, 0));
      sweeps.applyAll();
    }
    assertThat(states.state(source, sweeps.clock.instant()).completeUntil())
        .as("in the end all of it is proved")
        .isAfter(sweeps.clock.instant().minus(Duration.ofMinutes(17)));
  }

  @Test
  void a_dead_letter_is_listed_by_id_and_keeps_its_window_unproved_until_it_is_mended() {
    // Given
    Source source = Specs.quarterly(Order.FIRST_LAST);
    ShiftingSource partner = new ShiftingSource(false, 3);
    sweeps.run(source, partner);
    long dead = sweeps.heart.number("select inbox_id from window_item where item_id = 'o0001'");
    bury(dead);
    sweeps.applyAll();

    // When
    sweeps.later(Duration.ofMinutes(1), source, partner);

    // Then
    assertThat(sweeps.states().get(0)).isEqualTo("READ");
    assertThat(sweeps.heart.texts("select problem from source_window where problem is not null"))
        .containsExactly("1 items are dead letters: o0001");
    assertThat(states.dead(source, Instant.parse("2026-11-20T01:45:00Z")).toString())
        .contains("o0001", String.valueOf(dead));
    assertThat(states.state(source, sweeps.clock.instant()).completeUntil()).isNull();

    // When
    sweeps.heart.execute("update dead_letter set state = 'DISCARDED'");
    sweeps.later(Duration.ofMinutes(2), source, partner);

    // Then
    assertThat(sweeps.states().get(0)).isEqualTo("PROVED");
    assertThat(states.state(source, sweeps.clock.instant()).completeUntil())
        .isEqualTo("2026-11-20T02:00:00Z");
  }

  @Test
  void a_window_whose_items_are_past_their_retention_before_they_are_proved_is_read_again() {
    // Given
    Source source = Specs.quarterly(Order.FIRST_LAST);
    ShiftingSource partner = new ShiftingSource(false, 3);
    sweeps.run(source, partner);
    sweeps.heart.execute("truncate window_item");
    sweeps.applyAll();
    int asked = partner.requests.size();

    // When
    sweeps.later(Duration.ofMinutes(1), source, partner);

    // Then
    assertThat(partner.requests).hasSizeGreaterThan(asked);
    assertThat(sweeps.states()).containsExactly("PROVED");
    assertThat(sweeps.heart.number("select count(*) from window_item")).isEqualTo(3);
  }

  private void bury(long message) {
    sweeps.heart.execute(
        "insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,"
            + " message, payload, attempts, since) select id, queue, lane, ref, ref_at, subject,"
            + " key, 'MAPPING_FAILED', '', 'm', '', 0, since from work where ref = "
            + message);
  }
}
