package io.orderbridge.repair;

import static io.orderbridge.repair.Repairing.ANN;
import static io.orderbridge.repair.Repairing.BOSS;
import static io.orderbridge.repair.Repairing.ask;
import static io.orderbridge.repair.Repairing.csv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.repair.Proposals.Ask;
import io.orderbridge.repair.Proposals.Proposed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may do what with a repair, and when. */
@Tag("R12")
class RepairsDbTest {
  private static final Map<String, String> PAID = Map.of("status", "PAID");

  private final Heart heart = Heart.fresh();
  private final Repairing repairing = new Repairing(heart);

  @AfterEach
  void end() {
    repairing.close();
    heart.close();
  }

  private void apply(Person caller, long id) {
    repairing.decisions.apply(caller, id, repairing.now);
  }

  @Test
  void fifty_orders_are_forced_by_one_person_and_fifty_one_only_by_two() {
    repairing.orders(0, 51, "CREATED");
    long fifty = repairing.force("PAID", csv(0, 50));
    long more = repairing.force("PAID", csv(0, 51));

    assertThatThrownBy(() -> apply(ANN, more))
        .hasMessage(
            "a second person has to approve: 51 orders; one person changes 50 alone in 1 h; POST"
                + " /api/repairs/2/approve by somebody else than ann");
    assertThatThrownBy(() -> repairing.decisions.approve(ANN, more, "", repairing.now))
        .hasMessageContaining("needs one of the roles manager, owner, which ann has not");
    Person both = Repairing.with("ann", Role.OPS, Role.OWNER);
    assertThatThrownBy(() -> repairing.decisions.approve(both, more, "", repairing.now))
        .hasMessage("ann proposed it; somebody else has to approve");

    repairing.decisions.approve(BOSS, more, "seen", repairing.now);
    apply(ANN, more);
    repairing.apply.run(repairing.now);
    apply(ANN, fifty);
    repairing.apply.run(repairing.now);

    assertThat(repairing.states(more)).containsExactly("APPLIED 51");
    assertThat(repairing.states(fifty)).containsExactly("UNCHANGED 50");
  }

  @Test
  void the_fifty_first_of_an_hour_is_blocked_also_when_it_comes_alone() {
    repairing.orders(0, 52, "CREATED");
    long first = repairing.force("PAID", csv(0, 50));
    long beside = repairing.force("PAID", csv(50, 51));
    apply(ANN, first);

    assertThatThrownBy(() -> apply(ANN, beside))
        .hasMessageContaining("1 orders after 50; one person changes 50 alone in 1 h");
    assertThat(heart.texts("select second from repair where id = " + beside)).containsExactly("");
    long later = repairing.force("PAID", csv(51, 52));
    assertThat(heart.texts("select second from repair where id = " + later))
        .containsExactly("1 orders after 50; one person changes 50 alone in 1 h");

    repairing.step(Duration.ofHours(1));
    apply(ANN, beside);
    assertThat(repairing.state(beside)).isEqualTo("APPLYING");
  }

  @Test
  void a_role_is_needed_and_the_answer_says_which() {
    repairing.order("1", "CREATED");
    Person clerk = Repairing.with("li", Role.FINANCE);
    assertThatThrownBy(
            () ->
                repairing.proposals.propose(
                    clerk,
                    ask(ForceAction.NAME, false, PAID),
                    (action, wish) -> OrderList.csv(csv(1, 2), action, wish),
                    repairing.now))
        .hasMessage(
            "This needs one of the roles cs, manager, ops, warehouse, which li has not; an owner"
                + " gives it, or ORDERBRIDGE_API_ROLES_LI")
        .extracting(declined -> ((Declined) declined).status())
        .isEqualTo(403);
  }

  @Test
  void a_reason_is_needed() {
    Ask ask = new Ask("force", PAID, false, " ", null, null, "", null, "", false);
    assertThatThrownBy(() -> repairing.propose(ask, csv(1, 2)))
        .hasMessage("'reason' is missing, or longer than 1000 characters");
  }

  @Test
  void the_same_key_is_the_same_proposal_and_another_wish_under_it_is_declined() {
    repairing.orders(1, 3, "CREATED");
    Ask ask = keyed("ann:k1", "print-1");
    long id = repairing.propose(ask, csv(1, 3));

    Proposed again =
        repairing.proposals.propose(
            ANN, ask, (a, wish) -> OrderList.csv(csv(1, 3), a, wish), repairing.now);
    assertThat(again).isEqualTo(new Proposed(id, true, null));
    assertThatThrownBy(() -> repairing.propose(keyed("ann:k1", "print-2"), csv(1, 2)))
        .hasMessage("something else was asked for under this Idempotency-Key")
        .extracting(declined -> ((Declined) declined).status())
        .isEqualTo(409);
    assertThat(heart.number("select count(*) from repair")).isEqualTo(1);
    assertThat(heart.number("select count(*) from audit")).isEqualTo(1);
  }

  private static Ask keyed(String key, String print) {
    return new Ask("force", PAID, false, "why", null, null, "", key, print, false);
  }

  @Test
  void a_rejected_proposal_is_never_applied() {
    repairing.order("1", "CREATED");
    long id = repairing.force("PAID", csv(1, 2));
    repairing.decisions.reject(BOSS, id, "wrong list", repairing.now);

    assertThatThrownBy(() -> apply(ANN, id)).hasMessage("repair 1 is REJECTED; nothing is applied");
    assertThatThrownBy(() -> repairing.decisions.approve(BOSS, id, "", repairing.now))
        .hasMessage("repair 1 is REJECTED and is not approved any more");
    assertThat(heart.texts("select reason from audit where action = 'repair.rejected'"))
        .containsExactly("wrong list");
  }

  @Test
  void approving_applying_and_stopping_twice_is_done_once() {
    repairing.orders(0, 60, "CREATED");
    long id = repairing.force("PAID", csv(0, 60));
    for (int twice = 0; twice < 2; twice++) {
      repairing.decisions.approve(BOSS, id, "", repairing.now);
    }
    for (int twice = 0; twice < 2; twice++) {
      apply(ANN, id);
    }
    for (int twice = 0; twice < 2; twice++) {
      repairing.decisions.stop(ANN, id, "look first");
    }
    assertThat(
            heart.texts("select action || ' ' || count(*) from audit group by action order by 1"))
        .containsExactly(
            "repair.applied 1", "repair.approved 1", "repair.proposed 1", "repair.stopped 1");
  }

  @Test
  void a_stopped_repair_begins_nothing_more_and_goes_on_when_it_is_applied_again() {
    repairing.orders(0, 50, "CREATED");
    long id = repairing.force("PAID", csv(0, 50));
    apply(ANN, id);
    repairing.apply.applyBatch(id, repairing.now);
    repairing.decisions.stop(ANN, id, "the ERP complains");

    repairing.apply.run(repairing.now);
    assertThat(repairing.states(id)).containsExactly("APPLIED 20", "PLANNED 30");

    apply(ANN, id);
    repairing.apply.run(repairing.now);
    assertThat(repairing.states(id)).containsExactly("APPLIED 50");
    assertThat(heart.number("select count(*) from event where type = 'order.paid'")).isEqualTo(50);
  }

  @Test
  void no_more_orders_are_begun_within_a_second_than_the_rate_allows() {
    RepairRules all = repairing.rules.now();
    repairing.rules.use(
        new RepairRules(100, all.per(), List.of(), all.roles(), 30, all.readBack()));
    repairing.orders(0, 80, "CREATED");
    long id = repairing.force("PAID", csv(0, 80));
    apply(ANN, id);

    repairing.apply.run(repairing.now);
    assertThat(repairing.states(id)).containsExactly("APPLIED 30", "PLANNED 50");
    repairing.apply.run(repairing.now);
    assertThat(repairing.states(id)).containsExactly("APPLIED 30", "PLANNED 50");

    heart.execute("update repair_item set claimed_at = claimed_at - interval '1 second'");
    repairing.apply.run(repairing.now);
    assertThat(repairing.states(id)).containsExactly("APPLIED 60", "PLANNED 20");
  }

  @Test
  void a_repair_is_taken_back_as_a_whole_or_for_some_of_its_orders() {
    repairing.orders(1, 4, "CREATED", "PAID");
    long id = repairing.force("CANCELLED", csv(1, 4));
    apply(ANN, id);
    repairing.apply.run(repairing.now);
    repairing.step(Duration.ofSeconds(5));

    long one = undo(id, List.of(2));
    approveAndApply(one);
    assertThat(List.of(repairing.status("1"), repairing.status("2")))
        .containsExactly("CANCELLED", "PAID");

    repairing.step(Duration.ofSeconds(5));
    long rest = undo(id, List.of());
    assertThat(repairing.states(rest)).containsExactly("PLANNED 2", "REFUSED 1");
    assertThat(repairing.whys(rest))
        .containsExactly("CANCELLED was forced again since; undo that first");
    approveAndApply(rest);
    assertThat(List.of(repairing.status("1"), repairing.status("3"))).containsOnly("PAID");

    repairing.step(Duration.ofSeconds(5));
    approveAndApply(undo(one, List.of()));
    assertThat(repairing.status("2")).isEqualTo("CANCELLED");
    assertThat(
            heart.texts("select undo_of || '' from repair where undo_of is not null order by id"))
        .containsExactly("1", "1", "2");
  }

  private long undo(long id, List<Integer> items) {
    Ask ask = new Ask(null, Map.of(), false, "was wrong", null, null, "", null, "", false);
    return repairing.proposals.undo(ANN, id, items, ask, repairing.now).id();
  }

  private void approveAndApply(long id) {
    if (!heart.texts("select second from repair where id = " + id).get(0).isEmpty()) {
      repairing.decisions.approve(BOSS, id, "", repairing.now);
    }
    apply(ANN, id);
    repairing.apply.run(repairing.now);
  }

  @Test
  void what_cannot_be_taken_back_is_declined() {
    repairing.order("1", "CREATED");
    long id = repairing.propose(ask(ResendAction.NAME, false, Map.of("targets", "erp")), csv(1, 2));
    apply(ANN, id);
    assertThatThrownBy(() -> undo(id, List.of()))
        .hasMessage("repair 1 is being applied; stop it first");
    repairing.apply.run(repairing.now);

    assertThatThrownBy(() -> undo(id, List.of()))
        .hasMessage("repair 1 has done nothing that can be taken back");
  }

  @Test
  void a_single_order_that_is_refused_is_no_repair() {
    repairing.order("1", "CREATED");
    Ask one =
        new Ask("force", Map.of("status", "SHIPPED"), false, "why", null, null, "", null, "", true);
    assertThatThrownBy(() -> repairing.propose(one, csv(1, 2)))
        .hasMessageStartingWith("SHIPPED does not follow CREATED")
        .extracting(declined -> ((Declined) declined).status())
        .isEqualTo(409);
    assertThatThrownBy(() -> repairing.propose(one, csv(2, 3)))
        .extracting(declined -> ((Declined) declined).status())
        .isEqualTo(404);
    assertThat(heart.number("select count(*) from repair")).isZero();
  }
}
