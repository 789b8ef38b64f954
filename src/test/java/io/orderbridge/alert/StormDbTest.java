package io.orderbridge.alert;

import static io.orderbridge.alert.Desk.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many alerts at once: few messages, all of them told, the worst first, none lost. */
@Tag("R76")
@Timeout(120)
class StormDbTest {
  private static final int ALERTS = 2_000;
  private static final int CAUSES = 60;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String ROBOT = "wecom";

  private final Desk desk = Desk.fresh().robot(ROBOT).policy();
  private final List<Sent> sent = new ArrayList<>();

  private record Sent(Instant at, String text) {}

  @AfterEach
  void close() {
    desk.close();
  }

  // Every tenth cause is a breach.
  private static Alert alert(int i) {
    int cause = i % CAUSES;
    Level level = cause % 10 == 0 ? Level.BREACH : Level.WARNING;
    return Desk.alert("k" + i, "cause:%02d".formatted(cause), level, "1.50");
  }

  private void minute(Instant from, List<Desk> processes) {
    for (int second = 0; second < 60; second++) {
      Instant now = from.plusSeconds(second);
      int first = ALERTS / 60 * second;
      int last = second == 59 ? ALERTS : first + ALERTS / 60;
      desk.raise(IntStream.range(first, last).mapToObj(StormDbTest::alert).toList(), now);
      send(now, processes);
    }
  }

  private void send(Instant now, List<Desk> processes) {
    for (Desk process : processes) {
      process.round.run(now);
    }
    for (Desk process : processes) {
      Optional<Messages.Message> message = process.take(ROBOT, now);
      message.ifPresent(
          taken -> {
            sent.add(new Sent(now, Desk.text(taken)));
            process.messages.told(taken, now);
          });
    }
  }

  private long mostInAMinute() {
    return sent.stream()
        .mapToLong(
            last ->
                sent.stream()
                    .filter(other -> !other.at().isAfter(last.at()))
                    .filter(other -> other.at().isAfter(last.at().minus(MINUTE)))
                    .count())
        .max()
        .orElse(0);
  }

  @Test
  void two_thousand_alerts_in_a_minute_are_few_messages_with_all_causes_and_none_lost() {
    minute(NOON, List.of(desk));

    assertThat(sent.get(0).at()).isBefore(NOON.plusSeconds(5));
    assertThat(mostInAMinute()).isBetween(2L, 20L);
    String all = sent.stream().map(Sent::text).collect(Collectors.joining("\n"));
    for (int cause = 0; cause < CAUSES; cause++) {
      assertThat(all).contains("cause:%02d".formatted(cause));
    }
    assertThat(sent).allSatisfy(m -> assertThat(Utf8.bytes(m.text())).isLessThan(2_049));
    assertThat(desk.number("select count(*) from alert")).isEqualTo(ALERTS);

    // What has gathered meanwhile is told in the next minutes; then nothing waits and nothing
    // comes.
    for (int second = 60; second < 240; second++) {
      send(NOON.plusSeconds(second), List.of(desk));
    }
    assertThat(mostInAMinute()).isLessThanOrEqualTo(20);
    assertThat(desk.count("told")).isEqualTo(ALERTS);
    assertThat(desk.count("waiting")).isZero();
    assertThat(
            desk.number(
                "select count(*) from (select i.alert_id from alert_in_line i"
                    + " join alert_line l on l.id = i.line_id"
                    + " join alert_message m on m.id = l.message_id and m.state = 'TOLD'"
                    + " group by i.alert_id having count(*) = 1) once"))
        .as("each in exactly one message")
        .isEqualTo(ALERTS);
    assertThat(sent).hasSizeLessThan(20);
  }

  @Test
  void the_worst_is_told_first_even_when_it_came_last() {
    for (int i = 0; i < CAUSES; i++) {
      desk.raise(Desk.alert("w" + i, "mild:" + i, Level.WARNING), NOON);
    }
    desk.raise(Desk.alert("b", "bad", Level.BREACH), NOON.plusSeconds(1));

    String text = desk.told(ROBOT, NOON.plusSeconds(2));

    assertThat(text.lines().toList().get(1)).startsWith("【超限】bad");
    assertThat(text).startsWith("订单告警：超限 1 条、预警 %d 条".formatted(CAUSES));
  }

  @Test
  void two_processes_keep_one_budget_together() {
    try (Desk other = desk.another().robot(ROBOT).policy()) {
      minute(NOON, List.of(desk, other));
      // A cause of its own every second would be a message a second.
      for (int second = 60; second < 150; second++) {
        Instant now = NOON.plusSeconds(second);
        desk.raise(Desk.alert("own" + second, "own:" + second, Level.BREACH), now);
        send(now, List.of(other, desk));
      }
      assertThat(mostInAMinute()).isBetween(15L, 20L);
      assertThat(desk.count("waiting")).isLessThan(10);
    }
  }

  @Test
  void two_processes_at_the_same_moment_send_one_message() {
    try (Desk other = desk.another().robot(ROBOT).policy()) {
      for (int i = 0; i < 50; i++) {
        Instant now = NOON.plus(MINUTE.multipliedBy(i));
        desk.raise(Desk.alert("k" + i, "cause:" + i, Level.BREACH), now);
        desk.round.run(now);
        List<Messages.Message> taken =
            List.of(desk, other).parallelStream()
                .map(process -> process.take(ROBOT, now))
                .flatMap(Optional::stream)
                .toList();
        assertThat(taken).hasSize(1);
        desk.messages.told(taken.get(0), now);
      }
    }
  }

  @Test
  void while_one_process_makes_a_message_another_makes_none() {
    // The first look of all makes the robot's row, for which another first look waits.
    assertThat(desk.take(ROBOT, NOON)).isEmpty();
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    desk.round.run(NOON);
    try (Desk other = desk.another().robot(ROBOT).policy()) {
      desk.heart.database.run(
          connection -> {
            Robots.lock(connection, ROBOT);
            assertThat(CompletableFuture.supplyAsync(() -> other.take(ROBOT, NOON)))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(Optional.empty());
          });
      assertThat(other.take(ROBOT, NOON)).isPresent();
    }
  }

  @Test
  void a_hundred_thousand_alerts_in_a_minute_do_not_hurt() {
    int all = 100_000;
    int batch = 1_000;
    Instant now = NOON;
    long longest = 0;
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    for (int i = 0; i < all; i += batch) {
      int first = i;
      desk.raise(IntStream.range(first, first + batch).mapToObj(StormDbTest::alert).toList(), now);
      long round = System.nanoTime();
      send(now, List.of(desk));
      longest = Math.max(longest, System.nanoTime() - round);
      now = now.plus(SECOND.multipliedBy(60).dividedBy(all / batch));
    }
    long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    for (int second = 300; second < 330; second++) {
      send(NOON.plusSeconds(second), List.of(desk));
    }

    System.out.printf(
        "alerts.storm alerts=%d messages=%d took_ms=%d longest_round_ms=%d java_cpu_ms=%d%n",
        all,
        sent.size(),
        took,
        Duration.ofNanos(longest).toMillis(),
        Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu)
            .toMillis());
    assertThat(desk.number("select count(*) from alert")).isEqualTo(all);
    assertThat(desk.number("select sum(alerts) from alert_line where state = 'TOLD'"))
        .isEqualTo(all);
    assertThat(mostInAMinute()).isLessThanOrEqualTo(20);
  }
}
