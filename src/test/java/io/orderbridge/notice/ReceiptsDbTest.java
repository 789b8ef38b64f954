package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.notice.Receipts.Receipt;
import io.orderbridge.notice.Receipts.State;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sent is not delivered: what reached a customer say receipts alone. */
@Tag("R02")
class ReceiptsDbTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  private final PostOffice office = PostOffice.open().gate(Gate.Mode.ALL, "sms").vendor("sms-a");

  @AfterEach
  void end() {
    office.end();
  }

  private void ship(int count) {
    for (int i = 0; i < count; i++) {
      office.order("n" + i, "1380000" + (1000 + i));
      office.ships("n" + i);
    }
    office.work();
  }

  private List<NoticeList.Notice> of(String state) {
    return office.list.list(new NoticeList.Filter(state, null, null, null, null), 10_000);
  }

  private Days.Day day() {
    List<Days.Day> days = office.days.between(DAY, DAY);
    assertThat(days).hasSize(1);
    return days.get(0);
  }

  private void deliver(List<Object> ids, State state) {
    office.receipts.take(
        "sms-a",
        ids.stream()
            .map(
                id ->
                    new Receipt(
                        "ref-" + id, null, state, office.clock.instant(), "DELIVERED", "", null))
            .toList(),
        office.clock.instant());
  }

  @Test
  @Tag("R64")
  void of_a_thousand_accepted_a_hundred_without_receipt_are_not_delivered() {
    ship(1_000);
    List<Object> all = office.given("sms-a");
    assertThat(all).hasSize(1_000);
    assertThat(of("delivered")).isEmpty();
    assertThat(day().rate()).isEqualByComparingTo("0");

    deliver(all.subList(0, 900), State.DELIVERED);
    office.step(PostOffice.RECEIPT);
    office.work();

    assertThat(of("delivered")).hasSize(900);
    assertThat(of("unconfirmed")).hasSize(100);
    assertThat(day().due()).isEqualTo(1_000);
    assertThat(day().rate()).isEqualByComparingTo("90.00");

    // A late receipt counts for the day on which the gate opened, as a new version.
    office.step(Duration.ofHours(20));
    office.days.restate(office.clock.instant());
    office.days.restate(office.clock.instant());
    deliver(all.subList(900, 1_000), State.READ);
    office.days.restate(office.clock.instant());
    assertThat(office.days.versions("shipped", DAY))
        .extracting(version -> version.version() + ": " + version.day().rate())
        .containsExactly("1: 90.00", "2: 100.00");
  }

  @Test
  @Tag("R64")
  void two_percent_may_be_missing_and_not_one_more() {
    Days.Day pass = new Days.Day("shipped", DAY, 1_000, 980, 0, 20, 0, 0, 0);
    Days.Day fail = new Days.Day("shipped", DAY, 1_000, 979, 0, 21, 0, 0, 0);
    assertThat(pass.below(98)).isFalse();
    assertThat(fail.below(98)).isTrue();
    // Never rounded up: not every one was reached.
    assertThat(new Days.Day("shipped", DAY, 100_000, 99_999, 0, 1, 0, 0, 0).rate())
        .isEqualByComparingTo("99.99");
  }

  @Test
  @Tag("R64")
  void a_day_below_the_target_is_found_when_its_receipts_had_time_and_is_over_by_late_ones() {
    ship(50);
    deliver(office.given("sms-a").subList(0, 48), State.DELIVERED);
    office.days.restate(office.clock.instant());
    assertThat(open()).isEmpty();

    office.step(Duration.ofDays(2));
    office.days.restate(office.clock.instant());
    assertThat(open()).containsExactly("REACH_LOW shipped/2026-11-20");

    deliver(office.given("sms-a").subList(48, 49), State.DELIVERED);
    office.days.restate(office.clock.instant());
    assertThat(open()).isEmpty();
  }

  @Test
  @Tag("R64")
  void people_see_days_that_are_over_as_they_were_counted_last_and_the_others_as_they_are() {
    ship(10);
    assertThat(shown()).as("never counted").containsExactly("2026-11-20 10 0");

    office.step(Duration.ofHours(30));
    office.days.restate(office.clock.instant());
    deliver(office.given("sms-a").subList(0, 5), State.DELIVERED);
    office.order("next", "13900000000");
    office.ships("next");
    office.work();
    assertThat(shown()).containsExactly("2026-11-20 10 0", "2026-11-21 1 0");

    office.days.restate(office.clock.instant());
    assertThat(shown()).containsExactly("2026-11-20 10 5", "2026-11-21 1 0");
  }

  private List<String> shown() {
    return office.days.shown(DAY.minusDays(6), DAY.plusDays(2), office.clock.instant()).stream()
        .map(day -> day.day() + " " + day.due() + " " + day.reached())
        .toList();
  }

  private List<String> open() {
    return office.heart.texts(
        "select code || ' ' || subject from finding where state = 'OPEN' order by id");
  }

  @Test
  @Tag("R64")
  void two_channels_that_both_deliver_count_once() {
    office.vendor("wechat-a").gate(Gate.Mode.ALL, "sms", "wechat");
    ship(1);
    office.receipt("sms-a", office.given("sms-a").get(0), State.DELIVERED);
    office.receipt("wechat-a", office.given("wechat-a").get(0), State.DELIVERED);

    assertThat(day().due()).isEqualTo(1);
    assertThat(day().reached()).isEqualTo(1);
  }

  @Test
  void a_receipt_that_comes_before_the_vendors_answer_counts() {
    office.order("n0", "13800001000");
    office.answers.put(
        "sms-a",
        body -> {
          office.receipt("sms-a", body.get("id"), State.DELIVERED);
          return Map.of("ref", "ref-" + body.get("id"));
        });
    office.ships("n0");
    office.work();
    office.rounds.run(office.clock.instant());

    assertThat(office.states()).containsExactly("n0/1 DELIVERED sms");
  }

  @Test
  void our_own_number_tells_the_message_where_the_vendor_echoes_it() {
    ship(1);
    Map<String, Object> echoed =
        Map.of(
            "id",
            office.given("sms-a").get(0),
            "state",
            "DELIVERED",
            "at",
            "2026-11-20T12:00:00+08:00");
    office.receipts.take("sms-a", List.of(ReceiptReader.read(echoed, "")), office.clock.instant());
    assertThat(office.states()).containsExactly("n0/1 DELIVERED sms");
  }

  @Test
  void another_vendor_cannot_speak_of_our_message() {
    ship(1);
    long id = office.heart.number("select id from notice_send");
    office.receipts.take(
        "sms-b",
        List.of(new Receipt("", id, State.DELIVERED, office.clock.instant(), "", "", null)),
        office.clock.instant());
    assertThat(office.states()).containsExactly("n0/1 SENDING");
  }

  @Test
  void in_whatever_order_receipts_come_and_how_often_the_best_stays() {
    Random random = new Random(20261120);
    ship(30);
    List<Object> ids = office.given("sms-a");
    for (Object id : ids) {
      List<State> told =
          new ArrayList<>(
              List.of(State.ACCEPTED, State.DELIVERED, State.READ, State.FAILED, State.DELIVERED));
      Collections.shuffle(told, random);
      told.forEach(state -> deliver(List.of(id), state));
    }
    assertThat(office.states()).hasSize(30).allMatch(state -> state.endsWith("READ sms"));
  }

  @Test
  @Tag("R22")
  void a_receipt_of_failure_sends_the_next_channel_at_once() {
    office.vendor("push-a").gate(Gate.Mode.CASCADE, "sms", "push");
    ship(1);
    office.receipts.take(
        "sms-a",
        List.of(
            new Receipt(
                "ref-" + office.given("sms-a").get(0),
                null,
                State.FAILED,
                office.clock.instant(),
                "MK:0001",
                "empty number",
                "NUMBER_INVALID")),
        office.clock.instant());
    office.work();

    assertThat(office.sends()).containsExactly("sms-a FAILED NUMBER_INVALID", "push-a ACCEPTED");
  }

  @Test
  void what_is_no_receipt_is_refused_with_its_place() {
    assertThatThrownBy(() -> ReceiptReader.read(Map.of("ref", "x", "state", "SENT"), "/3"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.place()).isEqualTo("/3/state"));
    assertThatThrownBy(() -> ReceiptReader.read(Map.of("state", "READ"), ""))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.place()).isEqualTo("/ref"));
    assertThatThrownBy(
            () -> ReceiptReader.read(Map.of("ref", "x", "state", "READ", "at", "today"), ""))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.place()).isEqualTo("/at"));
  }
}
