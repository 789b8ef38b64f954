package io.orderbridge.alert;

import static io.orderbridge.alert.Desk.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes die and robots fail at every step: nothing is lost, hardly anything is told twice. */
@Tag("R76")
@Timeout(120)
class DyingDbTest {
  private static final String ROBOT = "wecom";
  private static final Duration LAPSED = Robots.LEASE.plusSeconds(1);

  private final Desk desk = Desk.fresh().robot(ROBOT).policy();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_message_in_doubt_is_told_again_once_and_by_another_process() {
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    Messages.Message sent = desk.next(ROBOT, NOON).orElseThrow();
    // Killed between the send and the mark.
    try (Desk other = desk.another().robot(ROBOT).policy()) {
      assertThat(other.told(ROBOT, NOON.plusSeconds(100))).as("may still be in flight").isEmpty();

      String again = other.told(ROBOT, NOON.plus(LAPSED));

      assertThat(again).contains("cause:1");
      assertThat(other.told(ROBOT, NOON.plus(LAPSED.multipliedBy(2)))).isEmpty();
      assertThat(desk.heart.texts("select state from alert_message order by id"))
          .containsExactly("DOUBTFUL", "TOLD");
      assertThat(desk.count("waiting")).isZero();
    }
    assertThat(sent.id()).isPositive();
  }

  @Test
  void who_was_only_slow_marks_its_message_as_long_as_nobody_told_it_again() {
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    Messages.Message slow = desk.next(ROBOT, NOON).orElseThrow();
    desk.raise(Desk.alert("l", "alert:2", Level.BREACH), NOON);
    Instant later = NOON.plus(LAPSED);
    Messages.Message other = desk.next(ROBOT, later).orElseThrow();

    desk.messages.told(slow, later);
    desk.messages.told(other, later);

    assertThat(desk.count("told")).isEqualTo(2);
    assertThat(desk.told(ROBOT, later.plus(LAPSED))).isEmpty();
  }

  @Test
  void a_robot_that_asks_for_a_pause_is_left_alone_and_then_told_all_at_once() {
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    Messages.Message first = desk.next(ROBOT, NOON).orElseThrow();
    TryLater asked =
        new TryLater(Cause.TARGET_BUSY, Optional.of(Duration.ofMinutes(10)), "answered 200");
    desk.messages.failed(first, Failure.of(asked, 0), NOON);
    desk.raise(Desk.alert("l", "cause:2", Level.WARNING), NOON.plusSeconds(60));

    assertThat(desk.told(ROBOT, NOON.plusSeconds(599))).isEmpty();
    assertThat(desk.told(ROBOT, NOON.plusSeconds(600))).contains("cause:1", "cause:2");
    assertThat(desk.heart.texts("select why from alert_message where state = 'FAILED'"))
        .containsExactly("TARGET_BUSY: answered 200");
  }

  @Test
  void a_robot_that_is_away_is_tried_after_longer_and_longer_waits() {
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    List<Long> waits = new ArrayList<>();
    Instant now = NOON;
    Instant last = NOON;
    while (waits.size() < 7) {
      Optional<Messages.Message> message = desk.next(ROBOT, now);
      if (message.isPresent()) {
        waits.add(Duration.between(last, now).toSeconds());
        last = now;
        desk.messages.failed(message.get(), Failure.of(new IOException("reset"), 0), now);
      }
      now = now.plusSeconds(5);
    }
    assertThat(waits).containsExactly(0L, 10L, 30L, 60L, 120L, 300L, 300L);
    assertThat(desk.count("waiting")).isOne();
    assertThat(desk.registry.counter("orderbridge.alerts.failed", "channel", ROBOT).count())
        .isEqualTo(7);
  }

  @Test
  void what_is_not_the_networks_fault_is_a_refusal_at_the_third_time() {
    IllegalStateException unknown = new IllegalStateException("no such step");
    assertThat(Failure.of(unknown, 1).refused()).isFalse();
    assertThat(Failure.of(unknown, 2).refused()).isTrue();
    assertThat(Failure.of(new RuntimeException(new IOException("reset")), 9).refused()).isFalse();
    assertThat(Failure.of(new Refusal(Cause.TARGET_REFUSED, "", "93000"), 0).refused()).isTrue();
  }

  @Test
  void a_robot_that_refuses_for_good_is_seen_and_another_tells_in_its_place() {
    desk.robot("mail");
    Policy.Rule toRobot =
        new Policy.Rule(
            null,
            null,
            null,
            java.util.regex.Pattern.compile("cause:.*"),
            null,
            List.of(ROBOT),
            null,
            null,
            null,
            null);
    desk.policy(toRobot);
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    Messages.Message message = desk.next(ROBOT, NOON).orElseThrow();
    Refusal wrongKey = new Refusal(Cause.TARGET_REFUSED, "call:wecom/robot", "invalid key");

    desk.messages.failed(message, Failure.of(wrongKey, 0), NOON);

    String told = desk.told("mail", NOON.plusSeconds(2));
    assertThat(told).contains("cause:1", "告警通道 wecom 拒收消息");
    Map<String, Object> channel =
        desk.list.channels(desk.lines.waiting(), NOON.plusSeconds(2)).get(1);
    assertThat(channel)
        .containsEntry("robot", ROBOT)
        .containsEntry("refusesSince", NOON.toString())
        .containsEntry("why", "TARGET_REFUSED: invalid key")
        .containsEntry("waiting", 0L);

    // Later it is tried again, and is well.
    Instant later = NOON.plusSeconds(400);
    desk.raise(Desk.alert("l", "cause:2", Level.BREACH), later);
    assertThat(desk.told(ROBOT, later)).contains("cause:2");
    assertThat(desk.list.channels(Map.of(), later).get(1)).doesNotContainKey("refusesSince");
  }

  @Test
  void without_another_channel_the_refused_message_waits_for_the_robot() {
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    Refusal refusal = new Refusal(Cause.TARGET_REFUSED, "", "invalid key");
    desk.messages.failed(desk.next(ROBOT, NOON).orElseThrow(), Failure.of(refusal, 0), NOON);

    assertThat(desk.told(ROBOT, NOON.plusSeconds(60))).isEmpty();
    assertThat(desk.told(ROBOT, NOON.plusSeconds(300))).contains("cause:1", "拒收");
  }

  @Test
  void what_waits_for_a_channel_that_is_gone_is_told_by_another() {
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    desk.round.run(NOON);
    desk.channels.replace(ROBOT, null);
    desk.round.run(NOON.plusSeconds(1));
    assertThat(desk.count("waiting")).isOne();

    desk.robot("feishu");

    assertThat(desk.told("feishu", NOON.plusSeconds(2))).contains("cause:1");
  }

  @Test
  void what_is_raised_while_there_is_no_channel_waits_for_the_first() {
    desk.channels.replace(ROBOT, null);
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    desk.round.run(NOON);
    assertThat(desk.lines.waiting()).containsEntry("none", 1L);

    desk.robot("mail");

    assertThat(desk.told("mail", NOON.plusSeconds(3600))).contains("cause:1", "12:00");
    assertThat(desk.lines.waiting()).containsOnly(Map.entry("none", 0L));
  }

  @RepeatedTest(40)
  void nothing_is_lost_whatever_fails_and_only_a_death_tells_twice(RepetitionInfo run) {
    long seed = 20_261_120L + run.getCurrentRepetition();
    Random random = new Random(seed);
    Map<String, Integer> told = new HashMap<>();
    int deaths = 0;
    Instant now = NOON;
    int raised = 0;
    for (int step = 0; step < 60; step++) {
      now = now.plusSeconds(1 + random.nextInt(90));
      for (int i = random.nextInt(4); i > 0; i--) {
        String cause = "c%03d.".formatted(raised);
        desk.raise(Desk.alert("k" + raised++, cause, Level.BREACH), now);
      }
      Optional<Messages.Message> message = desk.next(ROBOT, now);
      if (message.isPresent()) {
        int fate = random.nextInt(4);
        if (fate < 2 || fate == 3 && random.nextBoolean()) {
          count(told, Desk.text(message.get()), raised);
        }
        if (fate < 2) {
          desk.messages.told(message.get(), now);
        } else if (fate == 2) {
          desk.messages.failed(message.get(), Failure.of(new IOException("x"), 0), now);
        } else {
          deaths++;
        }
      }
    }
    for (int i = 0; i < 20; i++) {
      now = now.plus(LAPSED);
      Optional<Messages.Message> message = desk.next(ROBOT, now);
      if (message.isPresent()) {
        count(told, Desk.text(message.get()), raised);
        desk.messages.told(message.get(), now);
      }
    }
    assertThat(told).as("seed %d", seed).hasSize(raised);
    int most = 1 + deaths;
    assertThat(told.values()).as("seed %d", seed).allMatch(times -> times <= most);
    assertThat(desk.count("waiting")).isZero();
  }

  private static void count(Map<String, Integer> told, String text, int raised) {
    for (int i = 0; i < raised; i++) {
      String cause = "c%03d.".formatted(i);
      if (text.contains(cause)) {
        told.merge(cause, 1, Integer::sum);
      }
    }
  }
}
