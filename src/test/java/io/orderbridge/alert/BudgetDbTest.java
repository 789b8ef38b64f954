package io.orderbridge.alert;

import static io.orderbridge.alert.Desk.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.alert.Channel.Budget;
import io.orderbridge.kernel.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A robot never counts more messages in a minute than its budget, however slow it answers. */
@Tag("R76")
@Timeout(60)
class BudgetDbTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String ROBOT = "wecom";

  private final Desk desk = Desk.fresh().policy();
  private int raised;

  @AfterEach
  void close() {
    desk.close();
  }

  private static void budget(Desk process, int messages) {
    process.channels.replace(
        ROBOT,
        new Channel(
            ROBOT,
            ROBOT,
            EnumSet.allOf(Level.class),
            new Budget(messages, MINUTE),
            2048,
            true,
            null));
  }

  private Optional<Messages.Message> next(Instant now) {
    desk.raise(Desk.alert("k" + raised, "cause:" + raised++, Level.BREACH), now);
    return desk.next(ROBOT, now);
  }

  @Test
  void the_message_beyond_the_budget_waits_until_the_first_has_left_the_minute() {
    budget(desk, 2);
    List<Integer> sent = new ArrayList<>();
    for (int second = 0; second < 130; second++) {
      Instant now = NOON.plusSeconds(second);
      Optional<Messages.Message> message = next(now);
      if (message.isPresent()) {
        sent.add(second);
        desk.messages.told(message.get(), now);
      }
    }
    assertThat(sent).containsExactly(0, 5, 61, 66, 122, 127);
  }

  @Test
  void a_message_counts_from_its_answer_on() {
    budget(desk, 1);
    Messages.Message slow = next(NOON).orElseThrow();
    desk.messages.told(slow, NOON.plusSeconds(9));
    assertThat(next(NOON.plusSeconds(69))).isEmpty();
    assertThat(next(NOON.plusSeconds(70))).isPresent();
  }

  @Test
  void a_message_that_was_not_taken_counts_as_well() {
    budget(desk, 1);
    Messages.Message failed = next(NOON).orElseThrow();
    desk.messages.failed(failed, new Failure(false, Duration.ofSeconds(1), "busy"), NOON);
    assertThat(next(NOON.plusSeconds(60))).isEmpty();
    assertThat(next(NOON.plusSeconds(61))).isPresent();
  }

  @Test
  void messages_are_spread_over_the_minute() {
    assertThat(new Budget(20, MINUTE).gap()).isEqualTo(Duration.ofSeconds(3));
    assertThat(new Budget(2, MINUTE).gap()).isEqualTo(Duration.ofSeconds(5));
    assertThatThrownBy(() -> new Budget(0, MINUTE)).hasMessageContaining("expected 1 or more");
  }

  @RepeatedTest(5)
  void two_processes_with_slow_answers_stay_within_it(RepetitionInfo run) {
    long seed = 20_261_120L + run.getCurrentRepetition();
    Random random = new Random(seed);
    int messages = 1 + random.nextInt(20);
    List<Instant> arrived = new ArrayList<>();
    try (Desk other = desk.another().policy()) {
      budget(desk, messages);
      budget(other, messages);
      Instant now = NOON;
      while (now.isBefore(NOON.plusSeconds(250))) {
        Desk process = random.nextBoolean() ? desk : other;
        desk.raise(Desk.alert("k" + raised, "cause:" + raised++, Level.BREACH), now);
        process.round.run(now);
        Optional<Messages.Message> message = process.take(ROBOT, now);
        if (message.isPresent()) {
          arrived.add(now.plusMillis(random.nextInt(3_000)));
          now = arrived.get(arrived.size() - 1).plusMillis(random.nextInt(1_000));
          process.messages.told(message.get(), now);
        }
        now = now.plusMillis(300);
      }
    }
    for (Instant last : arrived) {
      long counted =
          arrived.stream()
              .filter(at -> !at.isAfter(last) && at.isAfter(last.minus(MINUTE)))
              .count();
      assertThat(counted).as("seed %d", seed).isLessThanOrEqualTo(messages);
    }
    assertThat(arrived).hasSizeGreaterThan(messages);
  }
}
