package io.orderbridge.alert;

import static io.orderbridge.alert.Desk.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.alert.Channel.Escalation;
import io.orderbridge.alert.Policy.Quiet;
import io.orderbridge.alert.Policy.Rule;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.Level;
import io.orderbridge.store.StoreRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what, once, and what happens when nobody reads. */
@Tag("R76")
@Timeout(60)
class AlertingDbTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Finding STUCK = Desk.finding(Kind.STUCK, "PAID", "tb/1", Level.BREACH);

  private final Desk desk = Desk.fresh().robot("wecom").policy();

  @AfterEach
  void close() {
    desk.close();
  }

  private static Rule rule(Kind kind, Level level, String cause, Boolean tell, String... channels) {
    return new Rule(
        kind,
        null,
        level,
        cause == null ? null : Pattern.compile(cause),
        tell,
        channels.length == 0 ? null : List.of(channels),
        null,
        null,
        null,
        null);
  }

  @Test
  void raised_twice_under_one_key_it_is_told_once() {
    assertThat(desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON)).isTrue();
    assertThat(desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON)).isFalse();
    assertThat(desk.told("wecom", NOON)).contains("cause:1");

    assertThat(desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON.plus(QUARTER))).isFalse();
    assertThat(desk.told("wecom", NOON.plus(QUARTER))).isEmpty();
  }

  @Test
  void an_alert_stands_if_and_only_if_the_transaction_that_raised_it_does() {
    assertThatThrownBy(
            () ->
                desk.heart.database.run(
                    connection -> {
                      desk.alerts.raise(connection, Desk.alert("k", "c", Level.BREACH), NOON);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(desk.told("wecom", NOON)).isEmpty();
    assertThat(desk.count("all")).isZero();
  }

  @Test
  void nobody_changes_the_log() {
    desk.raise(Desk.alert("k", "c", Level.BREACH), NOON);
    for (String act : List.of("delete from alert", "update alert set zh = ''", "truncate alert")) {
      assertThatThrownBy(() -> desk.heart.execute(act)).isInstanceOf(StoreRefused.class);
    }
  }

  @Test
  @Tag("R14")
  void one_alert_with_count_and_amount_is_one_message() {
    Alert differs =
        new Alert(
            "payment:wechat-pay:2026-11-20",
            "payment:wechat-pay",
            Level.BREACH,
            "wechat-pay",
            "",
            new io.orderbridge.kernel.Wording("支付核验有差异，请核对", "payments differ"),
            21,
            io.orderbridge.kernel.Money.of("4179.00", "CNY"),
            "");
    desk.raise(differs, NOON);
    assertThat(desk.told("wecom", NOON)).contains("支付核验有差异，请核对（21 条、合计 4179.00 CNY");
    assertThat(desk.told("wecom", NOON.plus(QUARTER))).isEmpty();
  }

  @Test
  void a_finding_that_stays_open_is_told_once_per_episode() {
    desk.find("stuck", NOON, STUCK);
    assertThat(desk.told("wecom", NOON)).contains("tb/1 卡住了");
    desk.find("stuck", NOON.plus(QUARTER), STUCK);
    assertThat(desk.told("wecom", NOON.plus(QUARTER))).isEmpty();

    desk.find("stuck", NOON.plus(QUARTER));
    desk.find("stuck", NOON.plus(QUARTER), STUCK);
    assertThat(desk.told("wecom", NOON.plus(QUARTER))).contains("tb/1 卡住了");
  }

  @Test
  void a_warning_that_became_a_breach_is_told_once_more() {
    Finding warned = Desk.finding(Kind.STUCK, "PAID", "tb/1", Level.WARNING);
    desk.find("stuck", NOON, warned);
    desk.find("stuck", NOON.plusSeconds(60), STUCK);
    desk.find("stuck", NOON.plusSeconds(120), STUCK);
    desk.find("stuck", NOON.plusSeconds(180), warned);
    desk.find("stuck", NOON.plusSeconds(240), STUCK);

    assertThat(desk.heart.texts("select level from alert order by id"))
        .containsExactly("WARNING", "BREACH");
  }

  @Test
  void findings_of_one_code_are_told_in_one_line() {
    Finding other = Desk.finding(Kind.STUCK, "PAID", "tb/2", Level.BREACH);
    desk.find("stuck", NOON, STUCK, other);
    assertThat(desk.told("wecom", NOON))
        .contains("tb/1 卡住了（2 条、合计 20.00 CNY、12:00、如 tb/2）")
        .startsWith("订单告警：超限 2 条");
  }

  @Test
  void that_a_finding_is_well_again_is_told_where_a_rule_says_so() {
    Rule clear = new Rule(Kind.STUCK, null, null, null, null, null, "cs", "卡单", null, Boolean.TRUE);
    desk.policy(clear);
    desk.find("stuck", NOON, STUCK);
    Messages.Message told = desk.next("wecom", NOON).orElseThrow();
    assertThat(told.body()).containsEntry("owners", List.of("cs"));
    desk.messages.told(told, NOON);

    desk.find("stuck", NOON.plusSeconds(30));

    assertThat(desk.told("wecom", NOON.plusSeconds(30)))
        .contains("订单告警：恢复 1 条", "【恢复】已恢复：tb/1 卡住了");
    assertThat(desk.heart.texts("select distinct cause from alert")).containsExactly("卡单");
  }

  @Test
  void what_is_well_before_it_was_told_is_told_as_such() {
    desk.find("stuck", NOON, STUCK);
    desk.find("stuck", NOON);
    assertThat(desk.told("wecom", NOON)).contains("其中 1 条已恢复");
  }

  @Test
  void a_channel_tells_of_its_levels_only_and_what_nobody_tells_stays_in_the_log() {
    desk.robot("wecom", "wecom", Set.of(Level.BREACH), null);
    desk.robot("mail", "mail", EnumSet.allOf(Level.class), null);
    desk.policy(rule(null, null, "quiet:.*", false));
    desk.raise(Desk.alert("w", "mild", Level.WARNING), NOON);
    desk.raise(Desk.alert("b", "bad", Level.BREACH), NOON);
    desk.raise(Desk.alert("q", "quiet:1", Level.BREACH), NOON);

    assertThat(desk.told("wecom", NOON)).contains("bad").doesNotContain("mild");
    assertThat(desk.told("mail", NOON)).contains("bad", "mild").doesNotContain("quiet");
    assertThat(desk.count("logged")).isOne();
    assertThat(desk.count("all")).isEqualTo(3);
  }

  @Test
  void the_first_rule_that_fits_says_who_is_told() {
    desk.robot("mail");
    desk.policy(
        rule(Kind.STUCK, Level.WARNING, null, false),
        rule(Kind.STUCK, null, null, null, "mail"),
        rule(null, Level.BREACH, null, null, "wecom"));
    Finding warning = Desk.finding(Kind.STUCK, "CREATED", "tb/3", Level.WARNING);
    Finding late = Desk.finding(Kind.UPLOAD, "LATE", "tb/4", Level.BREACH);
    desk.find("a", NOON, STUCK, warning, late);

    assertThat(desk.told("mail", NOON)).contains("tb/1").doesNotContain("tb/3", "tb/4");
    assertThat(desk.told("wecom", NOON)).contains("tb/4").doesNotContain("tb/1", "tb/3");
  }

  @Test
  void the_next_alerts_of_a_cause_gather_but_what_got_worse_does_not_wait() {
    desk.raise(Desk.alert("1", "c", Level.WARNING), NOON);
    desk.told("wecom", NOON);
    desk.raise(Desk.alert("2", "c", Level.WARNING), NOON.plusSeconds(10));
    assertThat(desk.told("wecom", NOON.plusSeconds(20))).isEmpty();

    desk.raise(Desk.alert("3", "c", Level.BREACH), NOON.plusSeconds(30));
    assertThat(desk.told("wecom", NOON.plusSeconds(30))).contains("【超限】", "2 条");

    desk.raise(Desk.alert("4", "c", Level.WARNING), NOON.plusSeconds(40));
    assertThat(desk.told("wecom", NOON.plusSeconds(89))).isEmpty();
    assertThat(desk.told("wecom", NOON.plusSeconds(90))).contains("【预警】");
  }

  @Test
  void in_quiet_hours_only_breaches_are_told() {
    Policy day = desk.policies.inForce();
    desk.policies.replace(
        new Policy(
            day.language(),
            day.zone(),
            day.channels(),
            "",
            day.gather(),
            false,
            new Quiet(LocalTime.of(22, 0), LocalTime.of(8, 0)),
            List.of()));
    Instant night = Instant.parse("2026-11-20T15:00:00Z");
    desk.raise(Desk.alert("w", "mild", Level.WARNING), night);
    desk.raise(Desk.alert("b", "bad", Level.BREACH), night);

    assertThat(desk.told("wecom", night)).contains("bad").doesNotContain("mild");
    assertThat(desk.told("wecom", Instant.parse("2026-11-20T23:59:00Z"))).isEmpty();
    assertThat(desk.told("wecom", Instant.parse("2026-11-21T00:00:00Z"))).contains("mild");
  }

  @Test
  void a_breach_that_nobody_reads_goes_to_the_next_channel_and_its_owner() {
    escalatingToMail();
    desk.raise(Desk.alert("b", "bad", Level.BREACH), NOON);
    desk.raise(Desk.alert("w", "mild", Level.WARNING), NOON);
    desk.told("wecom", NOON);

    assertThat(desk.next("mail", NOON.plus(QUARTER).minusSeconds(1))).isEmpty();
    Messages.Message louder = desk.next("mail", NOON.plus(QUARTER)).orElseThrow();

    assertThat(Desk.text(louder)).contains("【无人确认】【超限】bad").doesNotContain("mild");
    assertThat(louder.body()).containsEntry("owners", List.of("manager"));
    desk.messages.told(louder, NOON.plus(QUARTER));
    assertThat(desk.next("mail", NOON.plus(QUARTER.multipliedBy(9)))).isEmpty();
  }

  @Test
  void who_acknowledged_is_not_passed_over() {
    escalatingToMail();
    desk.raise(Desk.alert("b", "bad", Level.BREACH), NOON);
    desk.told("wecom", NOON);
    long id = desk.number("select id from alert");

    assertThat(desk.acknowledging.acknowledge(id, "li", NOON.plusSeconds(60))).isTrue();
    assertThat(desk.acknowledging.acknowledge(id + 1, "li", NOON)).isFalse();

    assertThat(desk.next("mail", NOON.plus(QUARTER))).isEmpty();
    Map<String, Object> alert =
        desk.list.alerts(new AlertList.Filter("acknowledged", null, "bad", null), 1).get(0);
    assertThat(alert).containsEntry("state", "ACKNOWLEDGED").containsEntry("acknowledgedBy", "li");
    assertThat(desk.heart.texts("select actor || ' ' || action || ' ' || subject from audit"))
        .containsExactly("li alert.acknowledged bad");
    assertThat(desk.count("unread")).isZero();
  }

  @Test
  void what_is_well_again_is_not_escalated() {
    escalatingToMail();
    desk.find("stuck", NOON, STUCK);
    desk.told("wecom", NOON);
    desk.find("stuck", NOON.plusSeconds(60));
    assertThat(desk.next("mail", NOON.plus(QUARTER))).isEmpty();
  }

  @Test
  void a_rule_may_give_people_less_time() {
    escalatingToMail();
    desk.policy(
        new Rule(
            null,
            null,
            null,
            Pattern.compile("bad"),
            null,
            List.of("wecom"),
            null,
            null,
            Duration.ofMinutes(2),
            null));
    desk.raise(Desk.alert("b", "bad", Level.BREACH), NOON);
    desk.told("wecom", NOON);
    assertThat(desk.next("mail", NOON.plusSeconds(119))).isEmpty();
    assertThat(desk.next("mail", NOON.plusSeconds(120))).isPresent();
  }

  private void escalatingToMail() {
    desk.robot(
        "wecom", "wecom", EnumSet.allOf(Level.class), new Escalation(QUARTER, "mail", "manager"));
    desk.robot("mail");
    desk.policy(rule(null, null, ".*", null, "wecom"), rule(Kind.STUCK, null, null, null, "wecom"));
  }

  @Test
  void a_silenced_cause_is_told_together_when_the_silence_ends_unless_it_gets_worse() {
    desk.acknowledging.silence(
        "c",
        Level.WARNING,
        Duration.ofHours(1),
        Acknowledging.act("li", "c", Duration.ofHours(1), "known"),
        NOON);
    desk.raise(Desk.alert("1", "c", Level.WARNING), NOON.plusSeconds(60));
    desk.raise(Desk.alert("2", "c", Level.WARNING), NOON.plusSeconds(70));
    assertThat(desk.told("wecom", NOON.plusSeconds(3599))).isEmpty();
    assertThat(desk.told("wecom", NOON.plusSeconds(3600))).contains("2 条");

    desk.acknowledging.silence(
        "c",
        Level.WARNING,
        Duration.ofHours(1),
        Acknowledging.act("li", "c", Duration.ofHours(1), "known"),
        NOON.plusSeconds(3700));
    desk.raise(Desk.alert("3", "c", Level.BREACH), NOON.plusSeconds(3800));
    assertThat(desk.told("wecom", NOON.plusSeconds(3800))).contains("【超限】");
    assertThat(desk.list.silences(NOON.plusSeconds(3800)))
        .singleElement()
        .satisfies(s -> assertThat(s).containsEntry("by", "li").containsEntry("reason", "known"));
  }

  @Test
  void robots_of_a_pool_tell_the_same_people_each_within_its_budget() {
    for (String robot : List.of("wecom", "wecom-2")) {
      Channel.Budget one = new Channel.Budget(1, Duration.ofMinutes(1));
      desk.channels.replace(
          robot,
          new Channel(robot, "ops-group", EnumSet.allOf(Level.class), one, 2048, true, null));
    }
    for (int i = 0; i < 3; i++) {
      Instant now = NOON.plusSeconds(10 * i);
      desk.raise(Desk.alert("k" + i, "cause:" + i, Level.BREACH), now);
      String first = desk.told("wecom", now);
      String second = desk.told("wecom-2", now);
      assertThat(first + second).contains(i == 2 ? "" : "cause:" + i);
      assertThat(first.isEmpty()).isEqualTo(i > 0);
      assertThat(second.isEmpty()).isEqualTo(i != 1);
    }
    assertThat(desk.told("wecom", NOON.plusSeconds(62))).contains("cause:2");
  }

  @Test
  void the_api_shows_each_alert_with_who_was_told() {
    desk.raise(Desk.alert("k", "c", Level.BREACH, "12.50"), NOON);
    assertThat(desk.list.alerts(new AlertList.Filter("waiting", "BREACH", "c", null), 9))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert)
                    .containsEntry("state", "WAITING")
                    .containsEntry("amount", "12.50")
                    .containsEntry("owner", "ops"));
    desk.told("wecom", NOON);
    Map<String, Object> alert =
        desk.list.alerts(new AlertList.Filter("told", null, null, null), 9).get(0);
    assertThat(alert).containsEntry("state", "TOLD");
    assertThat(alert.get("told").toString())
        .contains("channel=wecom", "message=1", "at=2026-11-20T04:00:00Z");
    assertThat(desk.list.messages("wecom", null, 9).get(0).get("text").toString())
        .contains("https://oms.example.com/alerts/…");
    assertThat(desk.list.alerts(new AlertList.Filter("all", null, null, 1L), 9)).isEmpty();
    assertThat(
            desk.registry
                .counter("orderbridge.alerts.told", "channel", "wecom", "level", "BREACH")
                .count())
        .isOne();
  }
}
