package io.orderbridge.repair;

import static io.orderbridge.repair.Repairing.ANN;
import static io.orderbridge.repair.Repairing.BOSS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes share the work of a repair, and one of them may die. */
@Tag("R12")
@Tag("R86")
class RepairRaceDbTest {
  private static final int ORDERS = 500;

  private final Heart heart = Heart.fresh();
  private final Heart second = heart.another();
  private final Repairing one = new Repairing(heart);
  private final Repairing two = new Repairing(second);

  @AfterEach
  void end() {
    one.close();
    two.close();
    second.close();
    heart.close();
  }

  private long begun() {
    one.orders(0, ORDERS, "CREATED", "PAID");
    one.deliver("erp");
    one.ledger.clear();
    long id = one.force("CANCELLED", Repairing.csv(0, ORDERS));
    one.decisions.approve(BOSS, id, "", one.now);
    one.decisions.apply(ANN, id, one.now);
    return id;
  }

  private void assertEveryOrderOnce(long id) {
    one.deliver("erp");
    assertThat(one.states(id)).containsExactly("APPLIED 500");
    assertThat(one.ledger.values()).doesNotHaveDuplicates().hasSize(ORDERS);
    assertThat(heart.texts("select subject from audit where action = 'order.forced'"))
        .doesNotHaveDuplicates()
        .hasSize(ORDERS);
    assertThat(heart.texts("select subject from event where type = 'order.cancelled'"))
        .doesNotHaveDuplicates()
        .hasSize(ORDERS);
  }

  @Test
  void two_processes_do_every_order_once() throws Exception {
    long id = begun();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> rounds =
        List.of(
            threads.submit(() -> one.apply.run(one.now)),
            threads.submit(() -> two.apply.run(two.now)));
    for (Future<?> round : rounds) {
      round.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();

    one.apply.run(one.now);
    assertEveryOrderOnce(id);
  }

  @Test
  void what_a_dead_process_held_is_taken_over_at_once_and_what_it_wakes_up_with_marks_nothing() {
    long id = begun();
    List<Task> held = two.claims.claim(id, two.now);
    assertThat(held).hasSize(20);

    one.apply.run(one.now);
    assertThat(one.states(id)).containsExactly("APPLIED 480", "PLANNED 20");

    second.close();
    heart.instance.heartbeat();
    one.apply.run(one.now);
    assertEveryOrderOnce(id);
  }

  @Test
  void an_order_that_a_dead_process_was_looking_at_is_looked_at_at_once() {
    long id = begun();
    one.apply.run(one.now);
    one.deliver("erp");
    one.step(Duration.ofSeconds(2));
    ItemMarks marks = new ItemMarks(second.database, second.instance, null, two.rules);
    assertThat(marks.looks(one.now)).hasSize(50);

    one.readBack.run(one.now);
    assertThat(one.states(id)).containsExactly("APPLIED 50", "DELIVERED 450");
    second.close();
    heart.instance.heartbeat();
    one.readBack.run(one.now);
    assertThat(one.states(id)).containsExactly("DELIVERED 500");
  }

  @Test
  void a_process_that_was_frozen_over_its_lease_marks_nothing_any_more() {
    long id = begun();
    List<Task> held = two.claims.claim(id, two.now);
    heart.execute("update repair_item set claimed_until = now() - interval '1 second'");
    one.apply.run(one.now);

    ItemMarks marks = new ItemMarks(second.database, second.instance, null, two.rules);
    boolean marked =
        marks.applied(
            held.get(0),
            "order.forced",
            connection -> {
              throw new AssertionError("it is not held any more");
            },
            two.now.plus(Duration.ofMinutes(10)));

    assertThat(marked).isFalse();
    assertEveryOrderOnce(id);
  }
}
