package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.notice.ChannelRules.Cap;
import io.orderbridge.notice.ChannelRules.Needs;
import io.orderbridge.notice.ChannelRules.Quiet;
import io.orderbridge.notice.ChannelRules.Scope;
import io.orderbridge.notice.ChannelRules.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the rules let through, together with what was sent before. */
@Tag("R25")
class PlanningDbTest {
  private static final Scope SMS = new Scope(Set.of("sms"), null);

  private PostOffice office = PostOffice.open().vendor("sms-a").vendor("wechat-a");

  @AfterEach
  void end() {
    office.end();
  }

  private void rules(ChannelRules policy, String... channels) {
    office.rules(Gate.Mode.ALL, policy, List.of(), channels);
  }

  private static ChannelRules cap(int most) {
    return new ChannelRules(
        List.of(), List.of(), List.of(new Cap(SMS, most, PostOffice.SHANGHAI, "cap")), List.of());
  }

  private static ChannelRules quiet() {
    return new ChannelRules(
        List.of(),
        List.of(
            new Quiet(SMS, LocalTime.of(22, 0), LocalTime.of(8, 0), PostOffice.SHANGHAI, "quiet")),
        List.of(),
        List.of());
  }

  private void says(String phone, String channel, String content, String says) {
    office.heart.database.run(
        connection ->
            office.customers.take(
                connection,
                Map.of(
                    "customer",
                    Map.of("phone", phone),
                    "at",
                    office.clock.instant().toString(),
                    "consents",
                    List.of(
                        Map.of(
                            "channel", channel,
                            "content", content,
                            "says", says,
                            "evidence", "reply T",
                            "at", office.clock.instant().toString())))));
  }

  @Test
  void of_six_messages_with_a_cap_of_five_the_sixth_is_suppressed() {
    rules(cap(5), "sms");
    for (int i = 0; i < 6; i++) {
      office.order("n" + i, "13800000000");
      office.ships("n" + i);
      if (i % 2 == 0) {
        office.work();
      }
    }
    office.work();
    assertThat(office.given("sms-a")).hasSize(5);
    assertThat(office.sends()).filteredOn(send -> send.equals("sms-a SUPPRESSED cap")).hasSize(1);
    assertThat(office.states()).filteredOn(state -> state.endsWith("SUPPRESSED")).hasSize(1);

    // The next day of the calendar, in the zone of the rules, counts anew: 16:00Z is midnight.
    office.step(Duration.between(office.clock.instant(), Instant.parse("2026-11-20T16:00:00Z")));
    office.order("n6", "13800000000");
    office.ships("n6");
    office.work();
    assertThat(office.given("sms-a")).hasSize(6);
  }

  @Test
  void of_messages_that_are_planned_together_no_more_than_the_cap_are_sent() {
    rules(cap(1), "sms");
    for (int i = 0; i < 3; i++) {
      office.order("n" + i, "13800000000");
      office.ships("n" + i);
    }
    office.work();

    assertThat(office.given("sms-a")).hasSize(1);
  }

  @Test
  @Tag("R86")
  void two_processes_that_plan_for_one_customer_keep_the_cap_together() throws Exception {
    rules(cap(5), "sms");
    office.order("1", "13800000000");
    for (int parcel = 0; parcel < 300; parcel++) {
      String id = "P" + parcel;
      office.says(
          "1",
          office.fact("PACKED", id),
          office.fact("TRACKING_ASSIGNED", id),
          office.fact("OUTBOUND_SCANNED", id));
    }
    PostOffice other = new PostOffice(office.heart.another(), office.clock);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      other.rules.use(office.rules.now());
      other.vendor("sms-a");
      for (Future<?> planned :
          List.of(
              threads.submit(() -> office.planner.run(office.clock.instant())),
              threads.submit(() -> other.planner.run(office.clock.instant())))) {
        planned.get(60, TimeUnit.SECONDS);
      }
      office.work();
      assertThat(office.given("sms-a").size() + other.given("sms-a").size()).isEqualTo(5);
    } finally {
      threads.shutdown();
      other.end();
    }
  }

  @Test
  void in_quiet_hours_it_is_postponed_to_their_end_over_a_restart_and_not_dropped() {
    rules(quiet(), "sms", "wechat");
    office.step(Duration.between(office.clock.instant(), Instant.parse("2026-11-20T15:00:00Z")));
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
    assertThat(office.given("wechat-a")).hasSize(1);
    assertThat(office.given("sms-a")).isEmpty();

    office = office.restarted();
    office.step(Duration.ofHours(9).minusSeconds(1));
    office.work();
    assertThat(office.given("sms-a")).isEmpty();
    office.step(Duration.ofSeconds(1));
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.given("wechat-a")).isEmpty();
  }

  @Test
  void who_says_no_over_night_gets_nothing_in_the_morning() {
    rules(quiet(), "sms");
    office.step(Duration.between(office.clock.instant(), Instant.parse("2026-11-20T15:00:00Z")));
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
    office.step(Duration.ofHours(1));
    says("13800000000", "sms", "*", "WITHDRAWN");
    office.step(Duration.ofHours(9));
    office.work();

    assertThat(office.given("sms-a")).isEmpty();
    assertThat(office.sends()).containsExactly("sms-a SUPPRESSED opt-out");
    assertThat(office.states()).containsExactly("1/1 SUPPRESSED");
  }

  @Test
  @Tag("R27")
  void a_personal_block_goes_by_sms_with_consent_only_and_never_by_wechat() {
    ChannelRules policy =
        new ChannelRules(
            List.of(
                new ChannelRules.Policy(
                    new Scope(Set.of("wechat"), Content.PROMOTION), Needs.NEVER, "wechat-never"),
                new ChannelRules.Policy(
                    new Scope(Set.of("sms"), Content.PROMOTION), Needs.CONSENT, "sms-consent")),
            List.of(),
            List.of(),
            List.of());
    PersonalRule everybody =
        new PersonalRule(
            "everybody",
            1,
            new PersonalRule.When(null, null, true, null, null),
            Map.of("zh", TextTemplate.of("，搭配尿裤享8折")));
    office.rules(Gate.Mode.ALL, policy, List.of(everybody), "sms", "wechat");
    office.order("yes", "13800000001");
    says("13800000001", "sms", "PROMOTION", "GRANTED");
    office.order("no", "13800000002");
    office.ships("yes");
    office.ships("no");
    office.work();

    assertThat(texts("sms-a")).containsExactlyInAnyOrder("王女士，SF1已发出，搭配尿裤享8折", "王女士，SF1已发出");
    assertThat(texts("wechat-a")).containsOnly("王女士，SF1已发出");
  }

  @Test
  void a_text_with_a_word_that_must_not_be_is_not_sent() {
    rules(
        new ChannelRules(
            List.of(), List.of(), List.of(), List.of(new Words(SMS, List.of("已发出"), "words"))),
        "sms",
        "wechat");
    office.order("1", "13800000000");
    office.ships("1");
    office.work();

    assertThat(office.sends()).containsExactly("sms-a SUPPRESSED words", "wechat-a ACCEPTED");
  }

  @Test
  @Tag("R59")
  void a_template_that_is_changed_is_live_for_the_next_message() {
    rules(ChannelRules.NONE, "wechat");
    office.order("1", "13800000001");
    office.ships("1");
    office.work();
    office.template(
        "shipped",
        "wechat",
        "包裹{{trackingNo}}由{{carrier}}承运",
        Map.of("wechat-a", new VendorWords("T2", "", Map.of(), Map.of())));
    office.order("2", "13800000002");
    office.ships("2");
    office.work();

    assertThat(texts("wechat-a")).containsExactly("王女士，SF1已发出", "包裹SF1由顺丰速运承运");
  }

  private List<Object> texts(String vendor) {
    return office.sent.get(vendor).stream().map(body -> body.get("text")).toList();
  }
}
