package io.orderbridge.repair;

import static io.orderbridge.repair.Repairing.ANN;
import static io.orderbridge.repair.Repairing.ask;
import static io.orderbridge.repair.Repairing.csv;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.outbox.Owing;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether what was forced arrived is looked up, and told for each order. */
@Tag("R12")
class ReadBackDbTest {
  private static final Duration TOOK = Duration.ofMillis(1);

  private final Heart heart = Heart.fresh();
  private final Repairing repairing = new Repairing(heart);

  @AfterEach
  void end() {
    repairing.close();
    heart.close();
  }

  private long forced(int orders) {
    repairing.orders(0, orders, "CREATED");
    repairing.deliver("erp");
    long id = repairing.force("PAID", csv(0, orders));
    repairing.decisions.apply(ANN, id, repairing.now);
    repairing.apply.run(repairing.now);
    return id;
  }

  private void look(Duration later) {
    repairing.step(later);
    repairing.readBack.run(repairing.now);
  }

  private List<String> findings() {
    return heart.texts(
        "select concat_ws(' ', kind, code, subject, item, level, state) from finding order by id");
  }

  @Test
  void an_order_is_delivered_when_every_target_took_it() {
    long id = forced(3);
    look(Duration.ofSeconds(2));
    assertThat(repairing.states(id)).containsExactly("APPLIED 3");
    assertThat(repairing.whys(id)).containsOnly("erp: not delivered yet: no attempt so far");
    assertThat(repairing.state(id)).isEqualTo("READING_BACK");

    repairing.deliver("erp");
    look(Duration.ofSeconds(10));

    assertThat(repairing.states(id)).containsExactly("DELIVERED 3");
    assertThat(repairing.state(id)).isEqualTo("DONE");
    assertThat(findings()).isEmpty();
  }

  @Test
  void an_order_is_verified_when_every_target_that_can_be_asked_shows_it() {
    repairing.partners.running.add("erp-read-back");
    long id = forced(2);
    repairing.deliver("erp");
    repairing.partners.shows.put("erp/0", "PAID");
    repairing.partners.shows.put("erp/1", "CREATED");

    look(Duration.ofSeconds(2));
    assertThat(repairing.states(id)).containsExactly("APPLIED 1", "VERIFIED 1");
    look(Duration.ofSeconds(10));
    look(Duration.ofMinutes(1));

    assertThat(repairing.states(id)).containsExactly("FAILED 1", "VERIFIED 1");
    assertThat(repairing.whys(id)).containsExactly("erp: shows CREATED, the order is PAID");
    assertThat(findings())
        .containsExactly("REPAIR NOT_ARRIVED demo/1 repair:%d:2:erp BREACH OPEN".formatted(id));

    repairing.partners.shows.put("erp/1", "PAID");
    look(Duration.ofMinutes(10));
    assertThat(repairing.states(id)).containsExactly("VERIFIED 2");
    assertThat(findings())
        .containsExactly("REPAIR NOT_ARRIVED demo/1 repair:%d:2:erp BREACH CLEARED".formatted(id));
  }

  @Test
  void an_old_reading_of_a_target_proves_nothing() {
    repairing.partners.running.add("erp-read-back");
    heart.execute("insert into system_state values ('erp','demo','0','PAID','x',null,now())");
    long id = forced(1);
    repairing.deliver("erp");

    look(Duration.ofSeconds(2));

    assertThat(repairing.whys(id)).containsExactly("erp: does not show the order, which is PAID");
  }

  @Test
  void a_target_that_answers_500_leaves_the_order_open_until_it_took_it() {
    long id = forced(1);
    repairing.ends =
        item ->
            Settlement.again(item, Cause.TARGET_BUSY, "answered 500", Duration.ofHours(1), TOOK)
                .answered(500, "");
    repairing.deliver("erp");
    look(Duration.ofMinutes(2));
    assertThat(repairing.whys(id))
        .containsExactly("erp: not delivered yet: TARGET_BUSY, answered 500");
    assertThat(repairing.states(id)).containsExactly("APPLIED 1");

    repairing.ends = item -> Settlement.done(item, false, TOOK);
    heart.queue.hurry("outbox:erp");
    repairing.deliver("erp");
    look(Duration.ofHours(1));
    assertThat(repairing.states(id)).containsExactly("DELIVERED 1");
  }

  @Test
  void a_dead_letter_fails_the_order_until_it_is_replayed() {
    long id = forced(1);
    repairing.ends =
        item ->
            Settlement.dead(item, Cause.TARGET_REFUSED, "", "answered 422", new byte[] {'{'}, TOOK)
                .answered(422, "");
    repairing.deliver("erp");
    look(Duration.ofSeconds(2));
    assertThat(repairing.whys(id))
        .containsExactly("erp: dead letter 1: TARGET_REFUSED, answered 422");
    assertThat(findings())
        .containsExactly("REPAIR NOT_ARRIVED demo/0 repair:%d:1:erp BREACH OPEN".formatted(id));
    assertThat(repairing.state(id)).isEqualTo("DONE");

    repairing.ends = item -> Settlement.done(item, false, TOOK);
    DeadLetter.Filter all = new DeadLetter.Filter(null, null, null, null, null, null, null);
    heart.letters.replay(null, all, 0, "ann");
    repairing.deliver("erp");
    look(Duration.ofMinutes(1));

    assertThat(repairing.states(id)).containsExactly("DELIVERED 1");
    assertThat(findings()).singleElement().asString().endsWith("CLEARED");
  }

  @Test
  void looking_ends_after_its_time_and_begins_again_when_somebody_asks() {
    long id = forced(1);
    look(Duration.ofHours(72));
    assertThat(repairing.states(id)).containsExactly("FAILED 1");
    assertThat(repairing.whys(id).get(0)).startsWith("erp: still open when looking ended");
    assertThat(heart.texts("select due_at from repair_item")).containsOnlyNulls();

    repairing.deliver("erp");
    repairing.decisions.readBack(ANN, id, repairing.now);
    repairing.readBack.run(repairing.now);

    assertThat(repairing.states(id)).containsExactly("DELIVERED 1");
    assertThat(findings()).singleElement().asString().endsWith("CLEARED");
  }

  @Test
  void an_order_that_nobody_is_owed_is_verified_by_the_order_book() {
    heart.targets.replace("erp", Owing.target("erp", List.of("order.shipped"), Set.of()));
    long id = forced(1);
    look(Duration.ofSeconds(2));

    assertThat(repairing.states(id)).containsExactly("VERIFIED 1");
    assertThat(heart.texts("select targets from repair_item").get(0))
        .contains("order-book", "status PAID");
  }

  @Test
  void what_is_resent_goes_out_once_more_under_a_key_of_its_own_and_in_its_lane() {
    repairing.orders(0, 2, "CREATED", "PAID");
    repairing.deliver("erp");
    int before = repairing.ledger.size();
    long id = repairing.propose(ask(ResendAction.NAME, false, Map.of("targets", "erp")), csv(0, 3));
    assertThat(repairing.whys(id)).containsExactly("no message has named this order yet");
    repairing.decisions.apply(ANN, id, repairing.now);
    repairing.apply.run(repairing.now);

    assertThat(heart.texts("select lane || ' ' || key from work order by id"))
        .containsExactly("demo/0 repair:1:1:erp", "demo/1 repair:1:2:erp");
    look(Duration.ofSeconds(2));
    assertThat(repairing.states(id)).containsExactly("APPLIED 2", "REFUSED 1");
    repairing.deliver("erp");
    look(Duration.ofSeconds(10));

    assertThat(repairing.states(id)).containsExactly("DELIVERED 2", "REFUSED 1");
    assertThat(repairing.ledger).hasSize(before + 2);
    assertThat(
            heart
                .texts(
                    "select body from event e join attempt a on a.ref = e.seq"
                        + " where a.work_id = (select max(work_id) from attempt)")
                .get(0))
        .contains("\"status\":\"PAID\"");
  }
}
