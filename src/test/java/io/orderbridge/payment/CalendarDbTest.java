package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;
import static io.orderbridge.payment.Till.at;
import static io.orderbridge.payment.Till.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.payment.Run.Stage;
import io.orderbridge.payment.Run.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Provisional and final runs by the source calendar; crashes, races, any order of arrival. */
@Tag("R14")
class CalendarDbTest {
  private final Till till = Till.open();

  @AfterEach
  void end() {
    till.close();
  }

  private void fourOrders() {
    till.order("A", "199.00");
    till.callback("A", "T-A", "199.00", at(DAY, "10:05"));
    till.order("B", "199.00");
    till.order("C", "199.00");
    till.order("D", "199.00");
    till.callback("D", "T-D", "199.00", at(DAY, "10:05"));
  }

  private static List<Map<String, Object>> bill() {
    return List.of(payment("A", "T-A", "199.00"), payment("B", "T-B", "199.00"));
  }

  @Test
  void at_two_in_the_night_without_a_bill_nothing_is_missing() {
    fourOrders();

    Run run = till.verify();

    assertThat(run.stage()).isEqualTo(Stage.PROVISIONAL);
    assertThat(till.found()).isEmpty();
    assertThat(till.alerts).isEmpty();
    // Two payments that no bill tells of yet, two orders that it may still tell of.
    assertThat(run.totals().count(Verdict.AWAITED)).isEqualTo(4);
  }

  @Test
  void a_provisional_run_acts_on_what_the_records_say() {
    fourOrders();
    till.there(List.of(payment("B", "T-B", "199.00"), payment("C", "T-C", "150.00")));

    Run run = till.verify();

    assertThat(till.status("B")).isEqualTo("PAID");
    assertThat(run.repaired()).isEqualTo(1);
    // The rest of it may stand in the bill.
    assertThat(till.found()).isEmpty();
  }

  @Test
  void the_final_run_follows_by_itself_when_the_bill_is_proved_and_only_then() {
    // Given
    fourOrders();
    till.verify();
    till.round.run(till.clock.instant());
    assertThat(till.list.list(null, DAY, null, 10)).hasSize(1);

    // When
    till.clock.step(Duration.ofHours(8));
    till.there(bill());
    till.round.run(till.clock.instant());
    assertThat(till.list.list(null, DAY, null, 10)).hasSize(1);
    till.proved(DAY);
    till.round.run(till.clock.instant());

    // Then
    Run run = till.list.list(null, DAY, null, 10).get(0);
    assertThat(run.stage()).isEqualTo(Stage.FINAL);
    assertThat(run.version()).isEqualTo(2);
    assertThat(run.askedBy()).isEqualTo("calendar");
    assertThat(till.status("B")).isEqualTo("PAID");
    assertThat(till.found()).containsExactly("PAID_HERE_ONLY demo/D T-D");
    assertThat(run.totals().count(Verdict.UNPAID)).isEqualTo(1);
    assertThat(
            till.registry
                .get("orderbridge.payment.findings")
                .tag("class", "PAID_HERE_ONLY")
                .gauge()
                .value())
        .isEqualTo(1);
    till.round.run(till.clock.instant());
    assertThat(till.list.list(null, DAY, null, 10)).hasSize(2);
  }

  @Test
  void a_late_bill_restates_the_day_by_itself() {
    // Given a bill that was read at ten and lacks a payment
    fourOrders();
    till.there(bill());
    till.proved(DAY);
    till.clock.step(Duration.ofHours(8));
    till.round.run(till.clock.instant());
    assertThat(till.found()).containsExactly("PAID_HERE_ONLY demo/D T-D");

    // When the corrected one comes at 15:00
    till.clock.step(Duration.ofHours(5));
    till.there(
        List.of(
            payment("A", "T-A", "199.00"),
            payment("B", "T-B", "199.00"),
            payment("C", "T-C", "199.00"),
            payment("D", "T-D", "199.00")),
        "trade-bill",
        91L);
    till.round.run(till.clock.instant());

    // Then
    Run run = till.list.list(null, DAY, null, 10).get(0);
    assertThat(run.version()).isEqualTo(2);
    assertThat(run.stage()).isEqualTo(Stage.FINAL);
    assertThat(till.found()).isEmpty();
    assertThat(till.status("C")).isEqualTo("PAID");
    assertThat(till.heart.texts("select state from finding")).containsExactly("CLEARED");
  }

  @Test
  void a_payment_whose_order_comes_later_is_repaired_by_itself() {
    till.there(payment("E", "T-E", "199.00"));
    till.proved(DAY);
    till.clock.step(Duration.ofHours(8));
    till.round.run(till.clock.instant());
    assertThat(till.found()).containsExactly("PAYMENT_WITHOUT_ORDER demo/E T-E");

    till.order("E", "199.00");
    till.round.run(till.clock.instant());

    assertThat(till.status("E")).isEqualTo("PAID");
    assertThat(till.found()).isEmpty();
  }

  @Test
  void a_refund_of_a_later_day_settles_what_was_paid_twice() {
    till.order("E", "199.00");
    till.there(
        List.of(
            payment("E", "T1", "199.00"), payment("E", "T2", "199.00", "PAID", at(DAY, "10:09"))));
    till.proved(DAY);
    till.clock.step(Duration.ofHours(8));
    till.round.run(till.clock.instant());
    assertThat(till.status("E")).isEqualTo("CREATED");
    assertThat(till.proposals).containsOnlyKeys("REFUND T1", "REFUND T2");

    till.there(Till.refund("E", "T2", "R2", "199.00", "REFUNDED", at(DAY.plusDays(1), "10:30")));
    till.clock.step(Duration.ofHours(24));
    till.proved(DAY.plusDays(1));
    till.round.run(till.clock.instant());

    assertThat(till.status("E")).isEqualTo("PAID");
    assertThat(till.found()).isEmpty();
  }

  @Test
  void a_payment_that_is_fresh_lacks_nothing_yet() {
    till.use(
        new PaymentSource(
            Till.PSP,
            Till.PSP + "/bill",
            Till.ZONE,
            20,
            null,
            Duration.ofMinutes(30),
            "",
            java.util.Set.of(Till.PSP),
            java.util.Set.of()),
        Map.of());
    java.time.Instant paid = at(DAY, "23:50");
    till.there(payment("F", "T-F", "199.00", "PAID", paid));
    till.proved(DAY);
    till.clock.step(Duration.ofMinutes(-115)); // 00:05

    Run run = till.verify();
    assertThat(till.found()).isEmpty();
    assertThat(run.totals().count(Verdict.AWAITED)).isEqualTo(1);

    till.clock.step(Duration.ofMinutes(30));
    till.round.run(till.clock.instant());
    assertThat(till.found()).containsExactly("PAYMENT_WITHOUT_ORDER demo/F T-F");
  }

  @Test
  void what_does_not_add_up_fails_loudly_and_concludes_nothing() {
    // Given an order that stands twice, which no message can bring about
    fourOrders();
    till.there(bill());
    till.heart.execute(
        """
        alter table customer_order drop constraint customer_order_key;
        insert into customer_order (shop, number, status, revision, state, total, currency)
        values ('demo', 'B', 'CREATED', 1, '{}', 1, 'CNY')\
        """);
    till.proved(DAY);

    // When
    assertThatThrownBy(till::verify).hasMessageContaining("records of the day: there are");

    // Then
    Run run = till.list.list(null, DAY, null, 10).get(0);
    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.problem()).contains("there are 2, the classes account for 3");
    assertThat(till.found()).containsExactly("RUN_FAILED psp 2026-11-20");
    assertThat(till.status("B")).isEqualTo("CREATED");

    // When it is mended
    till.heart.execute("delete from customer_order where revision = 1 and total = 1");
    till.clock.step(Duration.ofHours(1));
    till.round.run(till.clock.instant());
    assertThat(till.found()).containsExactly("PAID_HERE_ONLY demo/D T-D");
  }

  @Test
  void of_two_processes_at_once_one_makes_the_run() throws Exception {
    for (int i = 0; i < 60; i++) {
      till.order("L" + i, "199.00");
      till.there(payment("L" + i, "T" + i, "199.00"));
    }
    till.proved(DAY);
    Till other = till.another();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Optional<Long>>> runs = new ArrayList<>();
    for (Till one : List.of(till, other)) {
      runs.add(
          threads.submit(
              () -> {
                start.await();
                return one.verification.verify(one.inForce(), DAY, "test", one.clock.instant());
              }));
    }

    start.countDown();
    long made = 0;
    for (Future<Optional<Long>> run : runs) {
      made += run.get(60, TimeUnit.SECONDS).isPresent() ? 1 : 0;
    }

    threads.shutdown();
    other.close();
    assertThat(made).isEqualTo(1);
    assertThat(till.count("PAID")).isEqualTo(60);
    assertThat(till.heart.number("select count(*) from order_fact where system = 'psp'"))
        .isEqualTo(60);
    assertThat(till.alerts).hasSize(1);
  }

  @Test
  void a_process_that_is_killed_half_way_leaves_a_run_that_is_made_again_with_one_result() {
    // Given a process that dies after 200 of 450, between the order book and its own notes
    for (int i = 0; i < 450; i++) {
      till.order("L%03d".formatted(i), "199.00");
    }
    List<Map<String, Object>> bill = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      bill.add(payment("L%03d".formatted(i), "T" + i, "199.00"));
    }
    till.there(bill);
    till.proved(DAY);
    Heart heart = till.heart;
    Till dying = till.another();
    dieAfter(heart, 300);
    assertThatThrownBy(dying::verify).isInstanceOf(RuntimeException.class);
    heart.execute("drop trigger dies on order_fact");
    assertThat(till.count("PAID")).isBetween(200L, 449L);
    assertThat(till.list.list(null, DAY, null, 10).get(0).state()).isEqualTo(State.RUNNING);

    // When its connections break, and another process looks
    dying.heart.instance.leave();
    dying.close();
    heart.instance.heartbeat();
    till.clock.step(Duration.ofHours(8));
    till.round.run(till.clock.instant());

    // Then
    assertThat(till.count("PAID")).isEqualTo(450);
    assertThat(heart.number("select count(*) from event where type = 'order.paid'")).isEqualTo(450);
    assertThat(till.found()).isEmpty();
    assertThat(till.alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.count()).isEqualTo(450);
              assertThat(alert.amount().toDecimal()).isEqualTo("89550.00");
            });
    assertThat(till.list.list(null, DAY, null, 10))
        .extracting(Run::state)
        .containsExactly(State.DONE, State.BROKEN);
  }

  // As a process that is gone: from some fact on nothing of it can be written any more.
  private static void dieAfter(Heart heart, int facts) {
    heart.execute(
        """
        create function dies() returns trigger language plpgsql as $$
        begin
          if (select count(*) from order_fact where system = 'psp') > %d then
            perform pg_terminate_backend(pg_backend_pid());
          end if;
          return null;
        end $$;
        create trigger dies after insert on order_fact
          for each statement execute function dies()\
        """
            .formatted(facts));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatever_comes_first_order_bill_callback_or_run_the_end_is_the_same(long seed) {
    Random random = new Random(seed);
    List<Runnable> happens = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String number = "S" + i;
      happens.add(() -> till.order(number, "199.00"));
      happens.add(() -> till.there(payment(number, "T-" + number, "199.00")));
      if (i % 3 != 0) {
        happens.add(() -> till.callback(number, "T-" + number, "199.00", at(DAY, "10:05")));
      }
      if (i % 4 == 0) {
        happens.add(() -> till.there(payment(number, "T-" + number, "199.00"), "list", 78L));
      }
    }
    till.proved(DAY);
    happens.add(till::verify);
    happens.add(till::verify);
    happens.add(till::verify);
    Collections.shuffle(happens, random);

    happens.forEach(Runnable::run);
    till.verify();

    assertThat(till.count("PAID")).as("seed %d", seed).isEqualTo(12);
    assertThat(till.found()).isEmpty();
    assertThat(
            till.heart.texts(
                "select number || payment_id || amount || paid_at at time zone 'UTC' || system"
                    + " from order_payment p join customer_order o on o.id = p.order_id"
                    + " order by number"))
        .hasSize(12)
        .allMatch(row -> row.endsWith("199.002026-11-20 02:05:00psp"));
    assertThat(till.heart.number("select count(*) from payment_record")).isEqualTo(12);
  }
}
