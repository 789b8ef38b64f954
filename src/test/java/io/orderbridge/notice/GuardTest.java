package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.notice.ChannelRules.Cap;
import io.orderbridge.notice.ChannelRules.Needs;
import io.orderbridge.notice.ChannelRules.Policy;
import io.orderbridge.notice.ChannelRules.Quiet;
import io.orderbridge.notice.ChannelRules.Scope;
import io.orderbridge.notice.ChannelRules.Words;
import io.orderbridge.notice.Decision.Outcome;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channel, content and consent: exactly what the table says, each decision with its rule. */
@Tag("R27")
class GuardTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Scope ALL = new Scope(Set.of(), null);

  // As it is shipped.
  private static final ChannelRules RULES =
      new ChannelRules(
          List.of(
              new Policy(promotionBy("wechat"), Needs.NEVER, "wechat-no-promotion"),
              new Policy(promotionBy("sms"), Needs.CONSENT, "sms-consent"),
              new Policy(
                  new Scope(Set.of(), Content.PROMOTION), Needs.CONSENT, "promotion-consent"),
              new Policy(new Scope(Set.of(), Content.TRANSACTION), Needs.NOTHING, "order")),
          List.of(),
          List.of(),
          List.of());

  private static Scope promotionBy(String channel) {
    return new Scope(Set.of(channel), Content.PROMOTION);
  }

  private static Guard with(List<Quiet> quiet, List<Cap> caps) {
    return new Guard(new ChannelRules(RULES.policy(), quiet, caps, List.of()));
  }

  private static Asked asked(String channel, Content content, Says says) {
    return new Asked(channel, content, says, false, NOON, 0);
  }

  private static Asked at(String time, int sentToday) {
    return new Asked(
        "sms", Content.TRANSACTION, Says.NOTHING, false, Instant.parse(time), sentToday);
  }

  @ParameterizedTest
  @CsvSource({
    "sms,    TRANSACTION, NOTHING,   SEND,     order",
    "sms,    TRANSACTION, GRANTED,   SEND,     order",
    "sms,    TRANSACTION, WITHDRAWN, SUPPRESS, opt-out",
    "sms,    PROMOTION,   NOTHING,   SUPPRESS, sms-consent",
    "sms,    PROMOTION,   GRANTED,   SEND,     sms-consent",
    "sms,    PROMOTION,   WITHDRAWN, SUPPRESS, opt-out",
    "wechat, TRANSACTION, NOTHING,   SEND,     order",
    "wechat, TRANSACTION, GRANTED,   SEND,     order",
    "wechat, TRANSACTION, WITHDRAWN, SUPPRESS, opt-out",
    "wechat, PROMOTION,   NOTHING,   SUPPRESS, wechat-no-promotion",
    "wechat, PROMOTION,   GRANTED,   SUPPRESS, wechat-no-promotion",
    "wechat, PROMOTION,   WITHDRAWN, SUPPRESS, opt-out",
    "push,   TRANSACTION, NOTHING,   SEND,     order",
    "push,   TRANSACTION, GRANTED,   SEND,     order",
    "push,   TRANSACTION, WITHDRAWN, SUPPRESS, opt-out",
    "push,   PROMOTION,   NOTHING,   SUPPRESS, promotion-consent",
    "push,   PROMOTION,   GRANTED,   SEND,     promotion-consent",
    "push,   PROMOTION,   WITHDRAWN, SUPPRESS, opt-out",
    "mail,   TRANSACTION, NOTHING,   SEND,     order",
    "mail,   TRANSACTION, GRANTED,   SEND,     order",
    "mail,   TRANSACTION, WITHDRAWN, SUPPRESS, opt-out",
    "mail,   PROMOTION,   NOTHING,   SUPPRESS, promotion-consent",
    "mail,   PROMOTION,   GRANTED,   SEND,     promotion-consent",
    "mail,   PROMOTION,   WITHDRAWN, SUPPRESS, opt-out"
  })
  void the_table(String channel, Content content, Says says, Outcome outcome, String rule) {
    Decision decision = new Guard(RULES).decide(asked(channel, content, says));
    assertThat(decision).isEqualTo(new Decision(outcome, rule, null, false));
  }

  @ParameterizedTest
  @CsvSource({
    "sms,    NOTHING, NOTHING,   STRIP,    sms-consent",
    "sms,    NOTHING, GRANTED,   SEND,     order",
    "sms,    NOTHING, WITHDRAWN, STRIP,    opt-out",
    "sms,    WITHDRAWN, GRANTED, SUPPRESS, opt-out",
    "wechat, NOTHING, NOTHING,   STRIP,    wechat-no-promotion",
    "wechat, NOTHING, GRANTED,   STRIP,    wechat-no-promotion",
    "wechat, NOTHING, WITHDRAWN, STRIP,    opt-out",
    "push,   NOTHING, NOTHING,   STRIP,    promotion-consent",
    "push,   NOTHING, GRANTED,   SEND,     order",
    "mail,   NOTHING, GRANTED,   SEND,     order"
  })
  void a_personal_block_in_a_notice_about_an_order_needs_what_a_promotion_needs(
      String channel, Says consent, Says promotion, Outcome outcome, String rule) {
    Asked asked = new Asked(channel, Content.TRANSACTION, consent, promotion, true, NOON, 0);
    assertThat(new Guard(RULES).decide(asked))
        .isEqualTo(new Decision(outcome, rule, null, outcome == Outcome.SEND));
  }

  @Test
  void of_a_thousand_wechat_notices_none_has_a_personal_block() {
    Guard guard = new Guard(RULES);
    Says[] says = Says.values();
    for (int i = 0; i < 1_000; i++) {
      Asked asked =
          new Asked(
              "wechat",
              Content.values()[i % 2],
              says[i % says.length],
              says[i / says.length % says.length],
              true,
              NOON.plusSeconds(i * 3_600L),
              i % 10);
      assertThat(guard.decide(asked).personal()).as("%s", asked).isFalse();
    }
  }

  @Test
  void without_rules_a_promotion_needs_consent() {
    Guard guard = new Guard(ChannelRules.NONE);
    assertThat(guard.decide(asked("sms", Content.PROMOTION, Says.NOTHING)).outcome())
        .isEqualTo(Outcome.SUPPRESS);
    assertThat(guard.decide(asked("sms", Content.TRANSACTION, Says.NOTHING)).outcome())
        .isEqualTo(Outcome.SEND);
  }

  @Test
  @Tag("R25")
  void of_six_messages_with_a_cap_of_five_a_day_the_sixth_is_suppressed() {
    Guard guard = with(List.of(), List.of(new Cap(ALL, 5, SHANGHAI, "cap")));
    for (int sent = 0; sent < 5; sent++) {
      assertThat(guard.decide(at("2026-11-20T04:00:00Z", sent)).outcome()).isEqualTo(Outcome.SEND);
    }
    assertThat(guard.decide(at("2026-11-20T04:00:00Z", 5)))
        .isEqualTo(new Decision(Outcome.SUPPRESS, "cap", null, false));
  }

  @Test
  @Tag("R25")
  void the_day_of_a_cap_begins_at_midnight_in_its_zone() {
    Cap cap = new Cap(ALL, 5, SHANGHAI, "cap");
    Instant midnight = Instant.parse("2026-11-19T16:00:00Z");
    assertThat(cap.dayBegan(midnight)).isEqualTo(midnight);
    assertThat(cap.dayBegan(midnight.minusMillis(1)))
        .isEqualTo(Instant.parse("2026-11-18T16:00:00Z"));
    // A day of 25 hours.
    Cap newYork = new Cap(ALL, 5, ZoneId.of("America/New_York"), "cap");
    assertThat(newYork.dayBegan(Instant.parse("2026-11-02T04:59:59Z")))
        .isEqualTo(Instant.parse("2026-11-01T04:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T12:59:59.999Z, SEND,",
    "2026-11-20T13:00:00Z, POSTPONE, 2026-11-21T00:00:00Z",
    "2026-11-20T15:59:59Z, POSTPONE, 2026-11-21T00:00:00Z",
    "2026-11-20T16:00:00Z, POSTPONE, 2026-11-21T00:00:00Z",
    "2026-11-20T23:59:59.999Z, POSTPONE, 2026-11-21T00:00:00Z",
    "2026-11-21T00:00:00Z, SEND,"
  })
  void what_comes_in_quiet_hours_is_postponed_to_their_end_over_midnight_too(
      String now, Outcome outcome, Instant until) {
    Quiet night = new Quiet(ALL, LocalTime.of(21, 0), LocalTime.of(8, 0), SHANGHAI, "quiet");
    Decision decision = with(List.of(night), List.of()).decide(at(now, 0));
    assertThat(decision.outcome()).isEqualTo(outcome);
    assertThat(decision.until()).isEqualTo(until);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T03:59:59Z, SEND,",
    "2026-11-20T04:00:00Z, POSTPONE, 2026-11-20T06:00:00Z",
    "2026-11-20T05:59:59Z, POSTPONE, 2026-11-20T06:00:00Z",
    "2026-11-20T06:00:00Z, SEND,"
  })
  void quiet_hours_may_lie_within_a_day(String now, Outcome outcome, Instant until) {
    Quiet noon = new Quiet(ALL, LocalTime.of(12, 0), LocalTime.of(14, 0), SHANGHAI, "quiet");
    Decision decision = with(List.of(noon), List.of()).decide(at(now, 0));
    assertThat(decision.outcome()).isEqualTo(outcome);
    assertThat(decision.until()).isEqualTo(until);
  }

  @ParameterizedTest
  @CsvSource({
    // The clocks go forward at 02:00 of 2026-03-08: 02:30 is 03:30 that day.
    "2026-03-08T04:00:00Z, 2026-03-08T07:30:00Z",
    // They go back at 02:00 of 2026-11-01: 01:30 is there twice.
    "2026-11-01T04:00:00Z, 2026-11-01T06:30:00Z",
    "2026-11-01T06:15:00Z, 2026-11-01T06:30:00Z"
  })
  void quiet_hours_end_once_when_the_clocks_change_and_never_before_now(
      Instant now, Instant until) {
    boolean spring = until.toString().startsWith("2026-03");
    LocalTime end = spring ? LocalTime.of(2, 30) : LocalTime.of(1, 30);
    Quiet night = new Quiet(ALL, LocalTime.of(21, 0), end, ZoneId.of("America/New_York"), "quiet");
    assertThat(night.until(now)).contains(until);
    assertThat(night.until(until)).isEmpty();
  }

  @Test
  void the_longest_quiet_hours_hold_and_only_for_their_channel_and_content() {
    Quiet sms =
        new Quiet(
            new Scope(Set.of("sms"), Content.TRANSACTION),
            LocalTime.of(11, 0),
            LocalTime.of(13, 0),
            SHANGHAI,
            "short");
    Quiet all = new Quiet(ALL, LocalTime.of(11, 0), LocalTime.of(14, 0), SHANGHAI, "long");
    Guard guard = with(List.of(sms, all), List.of());
    assertThat(guard.decide(asked("sms", Content.TRANSACTION, Says.NOTHING)).rule())
        .isEqualTo("long");
    Guard only = with(List.of(sms), List.of());
    assertThat(only.decide(asked("push", Content.TRANSACTION, Says.NOTHING)).outcome())
        .isEqualTo(Outcome.SEND);
    assertThat(only.decide(asked("sms", Content.PROMOTION, Says.GRANTED)).outcome())
        .isEqualTo(Outcome.SEND);
  }

  @Test
  void what_may_not_be_sent_at_all_does_not_wait_and_what_waits_is_not_counted() {
    Quiet noon = new Quiet(ALL, LocalTime.of(11, 0), LocalTime.of(13, 0), SHANGHAI, "quiet");
    Guard guard = with(List.of(noon), List.of(new Cap(ALL, 5, SHANGHAI, "cap")));
    assertThat(guard.decide(asked("wechat", Content.PROMOTION, Says.GRANTED)).outcome())
        .isEqualTo(Outcome.SUPPRESS);
    // It goes tomorrow, of whose cap nothing is used.
    assertThat(guard.decide(at("2026-11-20T04:00:00Z", 5)).outcome()).isEqualTo(Outcome.POSTPONE);
  }

  @Test
  void a_text_with_a_sensitive_word_is_not_sent_by_that_channel() {
    Guard guard =
        new Guard(
            new ChannelRules(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Words(new Scope(Set.of("sms"), null), List.of("贷款", "Vip"), "w"))));
    assertThat(guard.words("sms", Content.TRANSACTION, "低息贷款").rule()).isEqualTo("w");
    assertThat(guard.words("sms", Content.TRANSACTION, "ＶＩＰ专享").outcome())
        .isEqualTo(Outcome.SUPPRESS);
    assertThat(guard.words("sms", Content.TRANSACTION, "已发货").outcome()).isEqualTo(Outcome.SEND);
    assertThat(guard.words("push", Content.TRANSACTION, "贷款").outcome()).isEqualTo(Outcome.SEND);
  }
}
