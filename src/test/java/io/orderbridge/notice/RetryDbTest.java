package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.work.DeadLetter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not get through is tried after 5, 10 and 15 minutes, and then given to a person. */
@Tag("R23")
class RetryDbTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private PostOffice office = PostOffice.open().gate(Gate.Mode.ALL, "sms").vendor("sms-a");
  private final List<Duration> tries = new ArrayList<>();
  private final Instant begun = office.clock.instant();

  @AfterEach
  void end() {
    office.end();
  }

  private void failing(RuntimeException failure) {
    office.answers.put(
        "sms-a",
        body -> {
          tries.add(Duration.between(begun, office.clock.instant()));
          throw failure;
        });
  }

  private static TryLater busy() {
    return new TryLater(Cause.TARGET_BUSY, Optional.empty(), "call:sms-a/send answered 503");
  }

  private void ship() {
    office.order("1", "13800000000");
    office.ships("1");
    office.work();
  }

  private static List<Duration> minutes(int... minutes) {
    List<Duration> all = new ArrayList<>();
    for (int one : minutes) {
      all.add(Duration.ofMinutes(one));
    }
    return all;
  }

  @Test
  @Tag("R24")
  void three_times_again_five_minutes_apart_and_never_a_fifth_time() {
    failing(busy());
    ship();
    for (int second = 0; second < 40 * 60; second += 10) {
      office.step(Duration.ofSeconds(10));
      office.work();
    }

    assertThat(tries).isEqualTo(minutes(0, 5, 10, 15));
    assertThat(office.states()).containsExactly("1/1 FAILED TARGET_BUSY");
    List<String> letters =
        office.heart.texts(
            "select queue || ' ' || cause || ' ' || subject from dead_letter where state = 'OPEN'");
    assertThat(letters).containsExactly("notice:sms-a TARGET_BUSY demo/1");
    assertThat(office.heart.texts("select encode(payload, 'escape') from dead_letter"))
        .allMatch(payload -> payload.contains("13800000000") && payload.contains("SF1"));
    assertThat(office.heart.texts("select code from finding where state = 'OPEN'"))
        .containsExactly("NOTICE_FAILED");
  }

  @Test
  void the_schedule_survives_a_process_that_is_killed_between_the_tries() {
    failing(busy());
    ship();
    for (int minute = 1; minute <= 20; minute++) {
      if (minute % 4 == 0) {
        office = office.restarted();
      }
      office.step(MINUTE);
      office.work();
    }
    assertThat(tries).isEqualTo(minutes(0, 5, 10, 15));
  }

  @Test
  void what_gets_through_at_last_is_not_sent_again() {
    failing(busy());
    ship();
    office.step(MINUTE.multipliedBy(5));
    office.answers.remove("sms-a");
    office.work();
    office.step(MINUTE.multipliedBy(5));
    office.work();

    assertThat(office.given("sms-a")).hasSize(2);
    assertThat(office.heart.number("select count(*) from dead_letter")).isZero();
    assertThat(office.sends()).containsExactly("sms-a ACCEPTED");
  }

  @ParameterizedTest
  @Tag("R19")
  @EnumSource(
      value = Cause.class,
      names = {"NUMBER_INVALID", "USER_BLOCKED", "TEMPLATE_INVALID", "CHANNEL_AUTH_EXPIRED"})
  void what_no_repetition_mends_is_not_repeated_and_goes_to_the_next_channel(Cause cause) {
    office.vendor("mail-a").gate(Gate.Mode.CASCADE, "sms", "mail");
    failing(new Refusal(cause, "call:sms-a/send", "refused"));
    ship();
    office.step(MINUTE.multipliedBy(5));
    office.work();

    assertThat(tries).hasSize(1);
    assertThat(office.sends()).containsExactly("sms-a FAILED " + cause, "mail-a ACCEPTED");
    List<String> found =
        office.heart.texts("select code || ' ' || subject from finding where state = 'OPEN'");
    if (cause == Cause.TEMPLATE_INVALID || cause == Cause.CHANNEL_AUTH_EXPIRED) {
      assertThat(found).containsExactly(cause + " sms-a");
    } else {
      assertThat(found).isEmpty();
    }
  }

  @Test
  void a_customer_without_any_contact_is_told_to_a_person() {
    office.gate(Gate.Mode.ALL, "push");
    ship();
    assertThat(office.states()).containsExactly("1/1 FAILED NO_CONTACT");
    assertThat(office.heart.texts("select code || ' ' || cause from finding"))
        .containsExactly("NOTICE_FAILED NO_CONTACT");
  }

  @Test
  void a_dead_letter_that_is_replayed_is_sent_and_the_finding_is_over() {
    failing(busy());
    ship();
    for (int i = 0; i < 4; i++) {
      office.step(MINUTE.multipliedBy(5));
      office.work();
    }
    office.answers.remove("sms-a");
    long letter = office.heart.number("select id from dead_letter");
    DeadLetter.Filter one = new DeadLetter.Filter(null, null, null, null, null, null, null);
    office.heart.letters.replay(letter, one, 100, "ann");
    office.work();
    office.receipt("sms-a", office.given("sms-a").get(0), Receipts.State.DELIVERED);
    office.work();

    assertThat(office.states()).containsExactly("1/1 DELIVERED sms");
    assertThat(office.heart.number("select count(*) from finding where state = 'OPEN'")).isZero();
  }

  @Test
  void a_message_in_doubt_is_sent_again_only_where_the_vendor_knows_a_repeat() {
    office.vendor("push-a", Vendor.Doubt.AGAIN).gate(Gate.Mode.ALL, "sms", "push");
    for (String vendor : List.of("sms-a", "push-a")) {
      office.answers.put(
          vendor,
          body -> {
            throw new TryLater(
                Cause.TARGET_UNREACHABLE,
                Optional.empty(),
                "read timed out",
                new SocketTimeoutException("read timed out"));
          });
    }
    ship();
    office.answers.clear();
    office.step(MINUTE.multipliedBy(5));
    office.work();

    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.given("push-a")).hasSize(2).containsOnly(office.given("push-a").get(0));
    assertThat(office.sends())
        .containsExactlyInAnyOrder("sms-a ACCEPTED TARGET_UNREACHABLE", "push-a ACCEPTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACCEPTED", "DELIVERED", "FAILED", "UNKNOWN"})
  void a_vendor_that_can_be_asked_is_asked_before_a_second_copy(String known) {
    office.vendor("sms-a", Vendor.Doubt.ASK);
    office.route("direct:sms-a-notice-query", body -> Map.of("state", known, "ref", "R1"));
    failing(
        new TryLater(
            Cause.TARGET_UNREACHABLE,
            Optional.empty(),
            "read timed out",
            new SocketTimeoutException("read timed out")));
    ship();
    office.answers.clear();
    office.step(MINUTE.multipliedBy(5));
    office.work();

    int copies = known.equals("UNKNOWN") ? 2 : 1;
    assertThat(tries.size() + office.given("sms-a").size() - 1).isEqualTo(copies);
    assertThat(office.sends())
        .containsExactly(
            switch (known) {
              case "FAILED" -> "sms-a FAILED TARGET_REFUSED";
              case "DELIVERED" -> "sms-a DELIVERED";
              default -> "sms-a ACCEPTED";
            });
  }

  @Test
  void receipts_that_are_not_pushed_are_asked_for_until_they_are_there() {
    office.vendor("push-a").gate(Gate.Mode.ALL, "push");
    List<Object> asked = new ArrayList<>();
    office.route(
        "direct:push-a-notice-receipts",
        body -> {
          asked.add(body.get("refs"));
          return null;
        });
    ship();
    Object id = office.given("push-a").get(0);
    office.pull.run(office.clock.instant());
    assertThat(asked).isEmpty();
    for (int minute = 1; minute <= 2; minute++) {
      office.step(MINUTE);
      office.pull.run(office.clock.instant());
      office.pull.run(office.clock.instant());
    }
    assertThat(asked).containsExactly(List.of("ref-" + id), List.of("ref-" + id));

    office.receipt("push-a", id, Receipts.State.DELIVERED);
    office.step(MINUTE);
    office.pull.run(office.clock.instant());
    assertThat(asked).hasSize(2);
  }

  @Test
  void a_message_that_a_dead_process_was_sending_is_not_sent_twice() {
    PostOffice without = PostOffice.open().gate(Gate.Mode.ALL, "sms");
    try {
      // Given: a process took the message out of the queue and died, nobody knows when.
      without.vendors.replace("sms-a", office.vendors.find("sms-a").orElseThrow());
      without.order("1", "13800000000");
      without.ships("1");
      without.planner.run(without.clock.instant());
      try (Heart dying = without.heart.another()) {
        assertThat(dying.queue.claim("notice:sms-a", 1, 1, MINUTE)).hasSize(1);
      }
      without.heart.instance.heartbeat();

      // When
      without.vendor("sms-a");
      without.work();

      // Then
      assertThat(without.given("sms-a")).isEmpty();
      assertThat(without.sends()).containsExactly("sms-a ACCEPTED PROCESS_CRASH");
    } finally {
      without.end();
    }
  }
}
