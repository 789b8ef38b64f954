package io.orderbridge.repair;

import static io.orderbridge.repair.Repairing.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.order.Books;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be forced, what is refused, and what comes of it. */
@Tag("R12")
class ForceDbTest {
  private static final String ONE = "shop,number\ndemo,1\n";

  private final Heart heart = Heart.fresh();
  private final Repairing repairing = new Repairing(heart);

  @AfterEach
  void end() {
    repairing.close();
    heart.close();
  }

  private long propose(boolean override, String... options) {
    Map<String, String> said = new java.util.TreeMap<>();
    for (int i = 0; i < options.length; i += 2) {
      said.put(options[i], options[i + 1]);
    }
    return repairing.propose(ask(ForceAction.NAME, override, said), ONE);
  }

  private void apply(long id) {
    repairing.decisions.apply(Repairing.ANN, id, repairing.now);
    repairing.apply.run(repairing.now);
  }

  private String planned(long id) {
    return heart
        .texts(
            "select concat_ws(' ', state, before, after, nullif(why, '')) from repair_item"
                + " where repair_id = "
                + id)
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED, PAID",
    "CREATED PAID, ACCEPTED",
    "CREATED PAID, PACKED",
    "CREATED PAID ACCEPTED, SHIPPED",
    "CREATED PAID OUTBOUND_SCANNED, IN_TRANSIT",
    "CREATED PAID OUTBOUND_SCANNED, DELIVERED",
    "CREATED PAID OUTBOUND_SCANNED DELIVERED, COMPLETED",
    "CREATED, CANCELLED",
    "CREATED PAID ACCEPTED PACKED, CANCELLED",
    "TRACKING_ASSIGNED, CREATED"
  })
  void a_status_that_follows_is_forced(String before, String status) {
    repairing.order("1", before.split(" "));

    apply(propose(false, "status", status));

    assertThat(repairing.status("1")).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED, SHIPPED, SHIPPED does not follow CREATED; it follows ACCEPTED+ PACKED+"
        + " PAID+ PARTIALLY_SHIPPED",
    "CREATED PAID OUTBOUND_SCANNED, CANCELLED, CANCELLED does not follow SHIPPED; it follows"
        + " ACCEPTED+ CREATED+ PACKED+ PAID",
    "CREATED PAID OUTBOUND_SCANNED DELIVERED, PAID, PAID does not follow DELIVERED; it follows"
        + " CREATED",
    "CREATED PAID CANCELLED, PAID, PAID does not follow CANCELLED; it follows CREATED",
    "CREATED PAID OUTBOUND_SCANNED COMPLETED, DELIVERED, DELIVERED does not follow COMPLETED; it"
        + " follows IN_TRANSIT+ PARTIALLY_SHIPPED+ SHIPPED"
  })
  void a_status_that_does_not_follow_is_refused_unless_somebody_overrides(
      String before, String status, String why) {
    repairing.order("1", before.split(" "));
    String was = repairing.status("1");

    long refused = propose(false, "status", status);
    assertThat(planned(refused))
        .isEqualTo("REFUSED " + was + " " + was + " " + why.replace("+", ","));
    assertThat(repairing.state(refused)).isEqualTo("DONE");

    long overridden = propose(true, "status", status);
    if (was.equals("CANCELLED")) {
      repairing.decisions.approve(Repairing.BOSS, overridden, "", repairing.now);
    }
    apply(overridden);
    assertThat(repairing.status("1")).isEqualTo(status);
  }

  @Test
  void an_order_that_nobody_has_named_is_refused_and_not_made() {
    assertThat(planned(propose(true, "status", "PAID")))
        .isEqualTo("REFUSED   no message has named this order yet");
    assertThat(heart.number("select count(*) from customer_order")).isZero();
  }

  @Test
  void what_is_so_already_is_left_alone() {
    repairing.order("1", "CREATED", "PAID");
    assertThat(planned(propose(false, "status", "PAID"))).isEqualTo("UNCHANGED PAID PAID");
    assertThat(planned(propose(false, "milestone", "CREATED"))).isEqualTo("UNCHANGED PAID PAID");
  }

  @Test
  void a_gap_is_filled_without_a_new_status() {
    repairing.order("1", "CREATED", "PAID", "OUTBOUND_SCANNED");

    apply(propose(false, "milestone", "PACKED", "at", "2026-11-19T10:00:00+08:00"));

    assertThat(repairing.status("1")).isEqualTo("SHIPPED");
    assertThat(heart.texts("select body from event order by seq desc limit 1").get(0))
        .contains("\"PACKED\":\"2026-11-19T02:00:00Z\"");
  }

  @Test
  void a_milestone_is_taken_back_when_nothing_was_built_on_it() {
    repairing.order("1", "CREATED", "PAID", "ACCEPTED");
    assertThat(planned(propose(false, "milestone", "PAID", "says", "NOT_REACHED")))
        .isEqualTo("REFUSED ACCEPTED ACCEPTED PAID is not taken back before ACCEPTED");

    apply(propose(false, "milestone", "ACCEPTED", "says", "NOT_REACHED"));

    assertThat(repairing.status("1")).isEqualTo("PAID");
  }

  @Test
  void every_parcel_is_meant_unless_one_is_named() {
    repairing.order("1", "CREATED", "PAID");
    book("a", "PACKED");
    book("b", "PACKED");

    assertThat(planned(propose(false, "status", "SHIPPED", "parcel", "a")))
        .isEqualTo(
            "REFUSED PACKED PACKED it would be PARTIALLY_SHIPPED; force the milestones one by"
                + " one");
    apply(propose(false, "milestone", "OUTBOUND_SCANNED", "parcel", "a"));
    assertThat(repairing.status("1")).isEqualTo("PARTIALLY_SHIPPED");
    apply(propose(false, "status", "SHIPPED"));
    assertThat(repairing.status("1")).isEqualTo("SHIPPED");
  }

  private void book(String parcel, String milestone) {
    Map<String, Object> fact = Map.of("milestone", milestone, "at", Repairing.AT, "parcel", parcel);
    repairing.book.record(Books.facts("1", fact), "wms", null, null).join();
  }

  @Test
  void a_cancelled_order_that_was_paid_comes_back_only_with_a_second_person() {
    repairing.order("1", "CREATED", "PAID", "CANCELLED");
    for (long id :
        List.of(
            propose(false, "milestone", "CANCELLED", "says", "NOT_REACHED"),
            propose(true, "status", "PAID"),
            repairing.propose(ask(RestoreAction.NAME, false, Map.of()), ONE))) {
      assertThatThrownBy(() -> repairing.decisions.apply(Repairing.ANN, id, repairing.now))
          .hasMessageContaining("a cancelled order that was paid comes back");
    }
  }

  @Test
  void an_order_is_restored_unless_its_money_went_back() {
    repairing.order("1", "CREATED", "PAID", "CANCELLED");
    long id = repairing.propose(ask(RestoreAction.NAME, false, Map.of()), ONE);
    repairing.decisions.approve(Repairing.BOSS, id, "paid a minute late", repairing.now);
    apply(id);
    assertThat(repairing.status("1")).isEqualTo("PAID");

    repairing.paid("2", "9.00");
    repairing.order("2", "CANCELLED");
    Map<String, Object> refund =
        Map.of(
            "refund",
            Map.of("id", "r", "status", "REFUNDED", "amount", "9.00", "currency", "CNY"),
            "at",
            Repairing.AT);
    repairing.book.record(Books.facts("2", refund), "psp", null, null).join();
    long back = repairing.propose(ask(RestoreAction.NAME, false, Map.of()), "shop,number\ndemo,2");
    assertThat(planned(back))
        .isEqualTo("REFUSED CANCELLED CANCELLED its money went back, or is on its way");
  }

  @Test
  void the_dry_run_says_which_events_would_be_owed_to_whom() {
    heart.targets.replace(
        "wms",
        io.orderbridge.outbox.Owing.target("wms", List.of("order.cancelled"), java.util.Set.of()));
    repairing.order("1", "CREATED", "PAID");

    long id = propose(false, "status", "CANCELLED");

    assertThat(repairing.view.find(id, null, 0, 10).orElseThrow().get("owed"))
        .isEqualTo(Map.of("order.cancelled", Map.of("erp", 1L, "wms", 1L)));
    assertThat(repairing.status("1")).isEqualTo("PAID");
    assertThat(heart.number("select count(*) from event")).isEqualTo(2);
  }

  @Test
  void an_order_that_moved_meanwhile_is_judged_anew() {
    repairing.orders(1, 3, "CREATED", "PAID");
    long id = repairing.force("CANCELLED", Repairing.csv(1, 3));
    repairing.order("1", "OUTBOUND_SCANNED");
    repairing.order("2", "ACCEPTED");

    apply(id);

    assertThat(repairing.status("1")).isEqualTo("SHIPPED");
    assertThat(repairing.status("2")).isEqualTo("CANCELLED");
    assertThat(repairing.whys(id))
        .containsExactly(
            "CANCELLED does not follow SHIPPED; it follows ACCEPTED, CREATED, PACKED, PAID");
  }

  @Test
  void who_overrides_means_the_status_that_was_seen_and_no_other() {
    repairing.order("1", "CREATED", "PAID", "OUTBOUND_SCANNED");
    long id = propose(true, "status", "CANCELLED");
    repairing.order("1", "DELIVERED");

    apply(id);

    assertThat(repairing.status("1")).isEqualTo("DELIVERED");
    assertThat(repairing.whys(id))
        .containsExactly("it was SHIPPED when it was looked at; propose it again");
  }

  @Test
  void options_that_are_not_clear_are_declined_with_what_is_allowed() {
    assertThatThrownBy(() -> propose(false, "status", "PARTIALLY_SHIPPED"))
        .hasMessageStartingWith("'status' is 'PARTIALLY_SHIPPED', expected one of CREATED, PAID");
    assertThatThrownBy(() -> propose(false, "status", "PAID", "milestone", "PAID"))
        .hasMessage("give one of 'status' and 'milestone'");
    assertThatThrownBy(() -> propose(false, "status", "PAID", "says", "NOT_REACHED"))
        .hasMessage("'says' is for a milestone, not for a status");
    assertThatThrownBy(() -> propose(false, "status", "PAID", "colour", "red"))
        .hasMessage("force takes no [colour]; it takes [at, milestone, parcel, says, status]");
    assertThat(heart.number("select count(*) from repair")).isZero();
  }

  @Test
  void each_order_has_its_row_in_the_audit_with_before_after_and_reason() {
    repairing.orders(1, 3, "CREATED");
    long id =
        repairing.propose(
            ask(ForceAction.NAME, false, Map.of("status", "PAID")),
            "shop,number,reason\ndemo,1,bank slip 4711\ndemo,2,\n");
    apply(id);
    repairing.step(Duration.ofSeconds(1));

    assertThat(
            heart.texts(
                "select concat_ws(' ', actor, action, subject, reason, detail::json->>'before',"
                    + " detail::json->>'after', detail::json->>'role') from audit order by id"))
        .containsExactly(
            "ann repair.proposed %d the callback never came ops".formatted(id),
            "ann repair.applied %d the callback never came PROPOSED APPLYING ops".formatted(id),
            "ann order.forced demo/1 bank slip 4711 CREATED PAID ops",
            "ann order.forced demo/2 the callback never came CREATED PAID ops");
    assertThat(Books.orders(heart).find(new io.orderbridge.kernel.OrderKey("demo", "1")))
        .hasValueSatisfying(
            order -> assertThat(order.get("forced").toString()).contains("bank slip 4711"));
  }
}
