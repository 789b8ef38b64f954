package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A customer is reached as long as any of the channels lives, and in cascade mode by one alone. */
@Tag("R22")
@Tag("R75")
class ChannelsDbTest {
  private static final List<String> CHANNELS = List.of("sms", "wechat", "push");

  private final PostOffice office =
      PostOffice.open().vendor("sms-a").vendor("wechat-a").vendor("push-a");

  @AfterEach
  void end() {
    office.end();
  }

  static Stream<Set<String>> failing() {
    List<Set<String>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 8; bits++) {
      Set<String> failing = new TreeSet<>();
      for (int i = 0; i < CHANNELS.size(); i++) {
        if ((bits & 1 << i) != 0) {
          failing.add(CHANNELS.get(i));
        }
      }
      subsets.add(failing);
    }
    assertThat(subsets).hasSize(7);
    return subsets.stream();
  }

  private void fail(Set<String> channels) {
    for (String channel : channels) {
      office.answers.put(
          channel + "-a",
          body -> {
            throw new Refusal(Cause.USER_BLOCKED, "call:x", "the user refuses");
          });
    }
  }

  private void deliverAll() {
    for (String channel : CHANNELS) {
      office.given(channel + "-a").stream()
          .filter(id -> !office.answers.containsKey(channel + "-a"))
          .forEach(id -> office.receipt(channel + "-a", id, Receipts.State.DELIVERED));
    }
  }

  @ParameterizedTest
  @MethodSource("failing")
  void with_all_channels_each_is_tried_and_one_that_lives_reaches_the_customer(
      Set<String> failing) {
    office.gate(Gate.Mode.ALL, "sms", "wechat", "push");
    fail(failing);
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
    deliverAll();
    office.work();

    for (String channel : CHANNELS) {
      assertThat(office.given(channel + "-a")).hasSize(1);
    }
    outcome(failing);
  }

  @ParameterizedTest
  @MethodSource("failing")
  void one_after_the_other_the_first_that_lives_reaches_the_customer_and_no_other(
      Set<String> failing) {
    office.gate(Gate.Mode.CASCADE, "sms", "wechat", "push");
    fail(failing);
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
    deliverAll();
    office.work();

    long copies =
        CHANNELS.stream()
            .filter(channel -> !failing.contains(channel))
            .mapToLong(channel -> office.given(channel + "-a").size())
            .sum();
    assertThat(copies).isEqualTo(failing.size() == 3 ? 0 : 1);
    outcome(failing);
  }

  private void outcome(Set<String> failing) {
    List<Map<String, Object>> findings = findings();
    if (failing.size() == CHANNELS.size()) {
      assertThat(office.states()).containsExactly("1/1 FAILED USER_BLOCKED");
      assertThat(findings).hasSize(1);
    } else {
      assertThat(office.states()).hasSize(1).allMatch(state -> state.startsWith("1/1 DELIVERED"));
      assertThat(findings).isEmpty();
    }
  }

  private List<Map<String, Object>> findings() {
    return office
        .heart
        .texts("select code from finding where state = 'OPEN' and subject = 'demo/1'")
        .stream()
        .map(code -> Map.<String, Object>of("code", code))
        .toList();
  }

  @Test
  void without_a_receipt_in_time_the_next_channel_goes_and_what_comes_late_stops_the_rest() {
    office.gate(Gate.Mode.CASCADE, "wechat", "sms", "push");
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
    office.step(PostOffice.RECEIPT.minusSeconds(1));
    office.work();
    assertThat(office.given("sms-a")).isEmpty();

    office.step(Duration.ofSeconds(1));
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.sends()).containsExactly("wechat-a UNCONFIRMED", "sms-a ACCEPTED");

    office.receipt("sms-a", office.given("sms-a").get(0), Receipts.State.DELIVERED);
    office.step(PostOffice.RECEIPT.multipliedBy(3));
    office.work();
    assertThat(office.given("push-a")).isEmpty();
    assertThat(office.states()).containsExactly("1/1 DELIVERED sms");
  }

  @Test
  void a_customer_without_the_contact_is_told_by_the_next_channel() {
    office.gate(Gate.Mode.CASCADE, "mail", "sms");
    office.order("1", "13800000000");
    office.ships("1");
    office.work();

    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.list.list(new NoticeList.Filter(null, null, null, null, null), 1).get(0))
        .extracting(notice -> notice.decided().get(0))
        .isEqualTo(Map.of("channel", "mail", "rule", "no-vendor", "does", "SKIP"));
  }

  @Test
  void another_vendor_of_the_channel_takes_over_at_once() {
    office.vendor("sms-b").gate(Gate.Mode.ALL, "sms");
    office.answers.put(
        "sms-a",
        body -> {
          throw new TryLater(Cause.TARGET_BUSY, Optional.empty(), "503");
        });
    office.order("1", "13800000000");
    office.ships("1");
    office.work();

    assertThat(office.sends()).containsExactly("sms-b ACCEPTED");
    assertThat(office.given("sms-a")).isEqualTo(office.given("sms-b")).hasSize(1);
  }

  @Test
  void a_channel_that_hangs_delays_no_other() throws Exception {
    office.gate(Gate.Mode.ALL, "sms", "wechat", "push");
    CountDownLatch hangs = new CountDownLatch(1);
    office.answers.put(
        "sms-a",
        body -> {
          try {
            hangs.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Map.of();
        });
    for (int i = 0; i < 50; i++) {
      office.order("n" + i, "138000000" + (10 + i));
      office.ships("n" + i);
    }
    office.planner.run(office.clock.instant());
    Await.until(
        "the others have sent all",
        Duration.ofSeconds(10),
        () -> office.given("wechat-a").size() == 50 && office.given("push-a").size() == 50);
    assertThat(office.given("sms-a")).hasSizeLessThan(50);
    hangs.countDown();
    office.work();
    assertThat(office.given("sms-a")).doesNotHaveDuplicates().hasSize(50);
  }
}
