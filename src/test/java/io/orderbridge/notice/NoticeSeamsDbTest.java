package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.notice.ChannelRules.Quiet;
import io.orderbridge.notice.ChannelRules.Scope;
import io.orderbridge.notice.Receipts.State;
import io.orderbridge.work.DeadLetter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where clock, planner, vendors, receipts and people meet, no notice is lost, stuck or doubled. */
@Tag("R22")
class NoticeSeamsDbTest {
  private static final Scope SMS = new Scope(Set.of("sms"), null);
  private static final Instant EVENING = Instant.parse("2026-11-20T15:00:00Z");
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final PostOffice office = PostOffice.open();

  @AfterEach
  void end() {
    office.end();
  }

  private static ChannelRules quiet() {
    return new ChannelRules(
        List.of(),
        List.of(
            new Quiet(SMS, LocalTime.of(22, 0), LocalTime.of(8, 0), PostOffice.SHANGHAI, "quiet")),
        List.of(),
        List.of());
  }

  private void ship() {
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
  }

  private void failing(String vendor, RuntimeException failure) {
    office.answers.put(
        vendor,
        body -> {
          throw failure;
        });
  }

  private static TryLater busy() {
    return new TryLater(Cause.TARGET_BUSY, Optional.empty(), "503");
  }

  private static TryLater silent() {
    return new TryLater(
        Cause.TARGET_UNREACHABLE,
        Optional.empty(),
        "read timed out",
        new SocketTimeoutException("read timed out"));
  }

  private void shipInTheEvening() {
    office.vendor("sms-a").vendor("wechat-a");
    office.rules(Gate.Mode.ALL, quiet(), List.of(), "sms", "wechat");
    office.step(Duration.between(office.clock.instant(), EVENING));
    ship();
    assertThat(office.sends()).containsExactly("sms-a PLANNED", "wechat-a ACCEPTED");
  }

  @Test
  void what_was_postponed_is_sent_though_the_clock_gives_another_receipt_up_at_once() {
    shipInTheEvening();
    office.step(Duration.ofHours(9));
    office.work();

    assertThat(office.given("sms-a")).hasSize(1);
  }

  @Test
  void what_was_postponed_is_sent_though_a_receipt_comes_before_it_is_planned_anew() {
    shipInTheEvening();
    office.step(Duration.ofHours(9));
    office.rounds.run(office.clock.instant());
    office.receipt("wechat-a", office.given("wechat-a").get(0), State.DELIVERED);
    office.work();

    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.states()).containsExactly("1/1 DELIVERED wechat");
  }

  @Test
  void a_customer_who_was_reached_stays_so_though_the_rest_is_kept_back() {
    shipInTheEvening();
    office.receipt("wechat-a", office.given("wechat-a").get(0), State.READ);
    office.says("1", office.fact("CANCELLED"));
    office.step(Duration.ofHours(9));
    office.work();

    assertThat(office.given("sms-a")).isEmpty();
    assertThat(office.states()).containsExactly("1/1 READ wechat");
  }

  @Test
  void work_that_is_not_a_vendors_any_more_changes_nothing() {
    office.vendor("sms-a").gate(Gate.Mode.ALL, "sms");
    failing("sms-a", busy());
    ship();
    assertThat(office.sends()).containsExactly("sms-a PLANNED TARGET_BUSY");
    office.heart.database.run(
        connection ->
            office.heart.queue.put(
                connection,
                List.of(
                    Notices.draft(
                        office.heart.number("select id from notice_send"),
                        "sms-a",
                        office.clock.instant(),
                        "demo/1"))));
    office.answers.clear();
    office.work();
    assertThat(office.sends()).containsExactly("sms-a PLANNED TARGET_BUSY");

    office.step(RETRY);
    office.work();
    assertThat(office.sends()).containsExactly("sms-a ACCEPTED");
  }

  private void clock(int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      office.step(Duration.ofMinutes(1));
      office.rounds.run(office.clock.instant());
      office.planner.run(office.clock.instant());
    }
  }

  private Vendor withoutRoute(String connection, String channel) {
    return new Vendor(
        connection,
        channel,
        "phone",
        1,
        8,
        Duration.ofSeconds(10),
        500,
        Vendor.Doubt.WAIT,
        null,
        true);
  }

  @Test
  void what_waits_for_a_vendor_that_is_gone_goes_to_another_of_its_channel() {
    office.vendors.replace("sms-gone", withoutRoute("sms-gone", "sms"));
    office.gate(Gate.Mode.ALL, "sms");
    office.order("1", "13800000000");
    office.ships("1");
    office.planner.run(office.clock.instant());
    office.vendors.replace("sms-gone", null);
    office.vendor("sms-b");
    clock(4);
    assertThat(office.sends()).containsExactly("sms-gone QUEUED");

    clock(7);
    Await.until("it is sent", RETRY, () -> office.given("sms-b").size() == 1);
  }

  @Test
  void what_waits_for_a_vendor_that_is_gone_goes_by_the_next_channel_when_it_was_the_only_one() {
    office.vendors.replace("sms-gone", withoutRoute("sms-gone", "sms"));
    office.vendor("mail-a").gate(Gate.Mode.CASCADE, "sms", "mail");
    office.order("1", "13800000000");
    office.ships("1");
    office.planner.run(office.clock.instant());
    office.vendors.replace("sms-gone", null);
    clock(11);

    Await.until("it is sent", RETRY, () -> office.given("mail-a").size() == 1);
    assertThat(office.sends().get(0)).isEqualTo("sms-gone FAILED TARGET_UNREACHABLE");
  }

  @Test
  void a_message_that_processes_die_with_is_over_and_the_next_channel_goes() {
    office.vendors.replace("sms-a", withoutRoute("sms-a", "sms"));
    office.vendor("mail-a").gate(Gate.Mode.CASCADE, "sms", "mail");
    office.order("1", "13800000000");
    office.ships("1");
    office.planner.run(office.clock.instant());
    office.heart.execute("update lane set strikes = 5 where queue = 'notice:sms-a'");
    office.vendor("sms-a");
    office.work();

    assertThat(office.given("sms-a")).isEmpty();
    assertThat(office.sends()).containsExactly("sms-a FAILED PROCESS_CRASH", "mail-a ACCEPTED");
  }

  @Test
  void what_one_vendor_may_have_is_given_to_no_other() {
    office.vendor("sms-a", Vendor.Doubt.AGAIN).vendor("sms-b").gate(Gate.Mode.ALL, "sms");
    failing("sms-a", silent());
    ship();
    failing("sms-a", busy());
    for (int i = 0; i < 4; i++) {
      office.step(RETRY);
      office.work();
    }

    assertThat(office.given("sms-a")).hasSize(4);
    assertThat(office.given("sms-b")).isEmpty();
    assertThat(office.states()).containsExactly("1/1 FAILED TARGET_BUSY");
  }

  @Test
  void a_gate_that_lost_a_channel_leaves_no_notice_undecided() {
    office.vendor("sms-a").gate(Gate.Mode.CASCADE, "sms", "mail");
    failing("sms-a", new Refusal(Cause.USER_BLOCKED, "call:x", "no"));
    office.order("1", "13800000000");
    office.ships("1");
    office.gate(Gate.Mode.CASCADE, "sms");
    office.work();

    assertThat(office.states()).containsExactly("1/1 FAILED USER_BLOCKED");
  }

  @Test
  void a_failure_that_is_told_before_the_vendors_answer_stays_a_failure() {
    office.vendor("sms-a").gate(Gate.Mode.ALL, "sms");
    office.answers.put(
        "sms-a",
        body -> {
          long id = Long.parseLong(body.get("id").toString().substring(1));
          office.receipts.take(
              "sms-a",
              List.of(
                  new Receipts.Receipt(
                      "R1", id, State.FAILED, office.clock.instant(), "X", "", "NUMBER_INVALID")),
              office.clock.instant());
          return Map.of("ref", "R1");
        });
    ship();
    office.step(PostOffice.RECEIPT);
    office.work();

    assertThat(office.states()).containsExactly("1/1 FAILED NUMBER_INVALID");
    assertThat(office.heart.texts("select ref from notice_send")).containsExactly("R1");
  }

  @Test
  void what_a_vendor_took_while_another_channel_reached_the_customer_is_told_as_taken() {
    office.vendor("wechat-a").vendor("sms-a").gate(Gate.Mode.CASCADE, "wechat", "sms");
    office.answers.put(
        "sms-a",
        body -> {
          office.receipt("wechat-a", office.given("wechat-a").get(0), State.DELIVERED);
          return Map.of("ref", "R2");
        });
    ship();
    office.step(PostOffice.RECEIPT);
    office.work();

    assertThat(office.sends()).containsExactly("wechat-a DELIVERED", "sms-a ACCEPTED");
    assertThat(office.states()).containsExactly("1/1 DELIVERED wechat");
  }

  @Test
  void what_waits_to_be_tried_again_is_dropped_when_another_channel_reached_the_customer() {
    office.vendor("wechat-a").vendor("sms-a").gate(Gate.Mode.CASCADE, "wechat", "sms");
    failing("sms-a", busy());
    ship();
    office.step(PostOffice.RECEIPT);
    office.work();
    office.receipt("wechat-a", office.given("wechat-a").get(0), State.DELIVERED);
    assertThat(office.sends()).containsExactly("wechat-a DELIVERED", "sms-a DROPPED TARGET_BUSY");

    office.step(RETRY);
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);
  }

  @Test
  void an_order_that_is_cancelled_between_two_tries_is_not_told() {
    office.vendor("sms-a").gate(Gate.Mode.ALL, "sms");
    failing("sms-a", busy());
    ship();
    office.says("1", office.fact("CANCELLED"));
    office.step(RETRY);
    office.work();

    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.states()).containsExactly("1/1 SUPPRESSED");
  }

  @Test
  void a_cap_counts_the_day_of_its_own_zone_and_nothing_that_was_never_sent() {
    ChannelRules.Cap cap = new ChannelRules.Cap(SMS, 1, ZoneId.of("Asia/Tokyo"), "cap");
    ChannelRules.Words words = new ChannelRules.Words(SMS, List.of("已发出"), "words");
    office.vendor("sms-a");
    office.rules(
        Gate.Mode.ALL,
        new ChannelRules(List.of(), List.of(), List.of(cap), List.of(words)),
        List.of(),
        "sms");
    ship();
    assertThat(office.sends()).containsExactly("sms-a SUPPRESSED words");

    office.rules(
        Gate.Mode.ALL,
        new ChannelRules(List.of(), List.of(), List.of(cap), List.of()),
        List.of(),
        "sms");
    office.order("2", "13800000000");
    office.ships("2");
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);

    // 15:00Z is midnight in Tokyo and eleven at night in Shanghai.
    office.step(Duration.between(office.clock.instant(), EVENING));
    office.order("3", "13800000000");
    office.ships("3");
    office.work();
    assertThat(office.given("sms-a")).hasSize(2);
  }

  @Test
  void an_id_that_is_not_ours_does_not_cost_us_the_other_receipts() {
    assertThat(
            ReceiptReader.read(
                Map.of("id", "campaign-7", "state", "READ", "at", "2026-11-20T12:00:00+08:00"), ""))
        .extracting(Receipts.Receipt::ref, Receipts.Receipt::id)
        .containsExactly("campaign-7", null);
  }

  private void replay() {
    DeadLetter.Filter all = new DeadLetter.Filter(null, null, null, null, null, null, null);
    assertThat(office.heart.letters.replay(null, all, 0, "ann")).isEqualTo(1);
  }

  private void giveUp() {
    failing("sms-a", busy());
    ship();
    for (int i = 0; i < 3; i++) {
      office.step(RETRY);
      office.work();
    }
    office.answers.clear();
  }

  @Test
  void a_dead_letter_is_not_sent_while_the_next_channel_is_on_its_way() {
    office.vendor("sms-a").vendor("mail-a").gate(Gate.Mode.CASCADE, "sms", "mail");
    giveUp();
    assertThat(office.sends()).containsExactly("sms-a FAILED TARGET_BUSY", "mail-a ACCEPTED");
    replay();
    office.work();

    assertThat(office.given("sms-a")).hasSize(4);
    assertThat(office.states()).containsExactly("1/1 SENDING");
  }

  @Test
  void a_notice_whose_dead_letter_is_sent_is_on_its_way_again() {
    office.vendor("sms-a").gate(Gate.Mode.ALL, "sms");
    giveUp();
    assertThat(office.states()).containsExactly("1/1 FAILED TARGET_BUSY");
    replay();
    office.work();

    assertThat(office.states()).containsExactly("1/1 SENDING");
    assertThat(office.heart.number("select count(*) from finding where state = 'OPEN'")).isZero();
  }

  @Test
  void as_long_as_no_rules_are_in_force_nothing_is_decided() {
    office.vendor("sms-a").gate(Gate.Mode.ALL, "sms");
    office.order("1", "13800000000");
    office.ships("1");
    NoticeRules rules = office.rules.now();
    office.rules.use(NoticeRules.NONE);
    office.planner.run(office.clock.instant());
    assertThat(office.states()).containsExactly("1/1 NEW");

    office.rules.use(rules);
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);
  }

  @Test
  void a_receipt_that_came_long_before_its_message_was_named_counts_before_it_is_given_up() {
    office.vendor("sms-a", Vendor.Doubt.AGAIN).gate(Gate.Mode.ALL, "sms");
    failing("sms-a", silent());
    ship();
    office.receipt("sms-a", "early", State.DELIVERED);
    office.answers.put("sms-a", body -> Map.of("ref", "ref-early"));
    office.step(RETRY);
    office.work();
    assertThat(office.states()).containsExactly("1/1 SENDING");
    office.step(PostOffice.RECEIPT);
    office.work();

    assertThat(office.states()).containsExactly("1/1 DELIVERED sms");
  }
}
