package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Await;
import io.orderbridge.Heart;
import io.orderbridge.LogLines;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.TryLater;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

@Tag("R85")
@Timeout(60)
class SchedulesDbTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String EACH_SECOND = "* * * * * ?";
  private static final String AT_TWO = "0 0 2 * * ?";
  private static final String SHANGHAI = "Asia/Shanghai";
  private static final int TICKS = 5;

  private final Heart heart = Heart.fresh();
  private final List<Exchange> fired = new CopyOnWriteArrayList<>();
  private final Processor note = fired::add;
  private final Clockwork clock;

  SchedulesDbTest() throws Exception {
    clock = new Clockwork(heart);
  }

  @AfterEach
  void end() throws Exception {
    clock.close();
    heart.close();
  }

  private List<Instant> dues() {
    return fired.stream().map(e -> e.getProperty(ScheduleComponent.DUE, Instant.class)).toList();
  }

  // As if nobody had run since an hour.
  private void missed(String name) {
    heart.execute(
        "update qrtz_triggers set next_fire_time = %d where trigger_name = '%s'"
            .formatted(Instant.now().minus(Duration.ofHours(1)).toEpochMilli(), name));
  }

  @Test
  void each_time_is_fired_once_over_two_processes() throws Exception {
    // Given
    try (Heart second = heart.another();
        Clockwork other = new Clockwork(second)) {
      // When
      clock.route("tick", EACH_SECOND, SHANGHAI, note).start();
      other.route("tick", EACH_SECOND, SHANGHAI, note).start();
      Await.until("some ticks", SOON, () -> fired.size() > TICKS);

      // Then
      // Two processes note what they fired in any order.
      List<Instant> dues = dues().stream().sorted().toList();
      assertThat(dues).doesNotHaveDuplicates();
      // On a loaded machine one that was missed is fired at once, in between two whole seconds.
      assertThat(Duration.between(dues.get(0), dues.get(TICKS)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(TICKS - 1));
    }
  }

  // Two processes that put a new file into the store within one second, around a time of it: each
  // stores the trigger as it was before that time.
  @Test
  void a_time_that_the_store_has_fire_twice_is_done_once_and_again_only_when_it_was_cut_off()
      throws Exception {
    clock.route("nightly", AT_TWO, SHANGHAI, note);
    Instant due = Instant.parse("2026-11-29T18:00:00Z");

    clock.firings.fire(new Firing("clock/nightly", due, 0, false, false));
    clock.firings.fire(new Firing("clock/nightly", due, 0, false, false));
    assertThat(dues()).containsExactly(due);

    clock.firings.fire(new Firing("clock/nightly", due, 0, true, false));
    clock.firings.fire(new Firing("clock/nightly", due, 0, false, true));
    clock.firings.fire(new Firing("clock/nightly", due.plusSeconds(1), 0, false, false));
    assertThat(dues()).containsExactly(due, due, due, due.plusSeconds(1));
  }

  @Test
  void the_message_names_the_time_and_carries_no_header() throws Exception {
    clock.route("tick", EACH_SECOND, SHANGHAI, note).start();
    Await.until("a tick", SOON, () -> !fired.isEmpty());

    Exchange first = fired.get(0);
    String due = OffsetDateTime.ofInstant(dues().get(0), ZoneId.of(SHANGHAI)).toString();
    assertThat(first.getMessage().getHeaders()).isEmpty();
    assertThat(first.getMessage().getBody(String.class))
        .startsWith("{\"schedule\": \"clock/tick\", \"due\": \"" + due.substring(0, 16))
        .endsWith("+08:00\"}");
    assertThat(first.getProperty(Carried.INPUT)).isEqualTo(first.getMessage().getBody());
    assertThat(first.getProperty(ScheduleComponent.SCHEDULE)).isEqualTo("clock/tick");
  }

  @Test
  void an_edited_time_or_zone_takes_effect_at_once() throws Exception {
    // Given
    clock.route("tick", EACH_SECOND, SHANGHAI, note).start();
    Await.until("a tick", SOON, () -> !fired.isEmpty());

    // When
    clock.route("tick", AT_TWO, SHANGHAI, note);

    // Then
    Map<String, Instant> next = new TreeMap<>();
    next.put(SHANGHAI, clock.trigger("tick").getNextFireTime().toInstant());
    clock.route("tick", AT_TWO, "UTC", note);
    next.put("UTC", clock.trigger("tick").getNextFireTime().toInstant());
    next.forEach((zone, at) -> assertThat(at.atZone(ZoneId.of(zone)).getHour()).isEqualTo(2));
    assertThat(clock.triggers()).containsExactly("clock.tick");
  }

  @Test
  void a_start_leaves_what_stands_in_the_store_as_it_is() throws Exception {
    // Given
    clock.route("nightly", AT_TWO, SHANGHAI, note);
    missed("nightly");

    // When
    try (Heart second = heart.another();
        Clockwork other = new Clockwork(second)) {
      other.route("nightly", AT_TWO, SHANGHAI, note).start();

      // Then: what was missed is made up for, once.
      Await.until("made up for", SOON, () -> !fired.isEmpty());
      other.route("tick", EACH_SECOND, SHANGHAI, note);
      Await.until("time has passed", SOON, () -> fired.size() > 2);
      assertThat(fired.stream().filter(e -> e.getFromRouteId().equals("nightly"))).hasSize(1);
    }
  }

  @Test
  void a_deleted_or_renamed_schedule_leaves_nothing_behind() throws Exception {
    // Given
    clock.route("old", EACH_SECOND, SHANGHAI, note).start();
    Await.until("a tick", SOON, () -> !fired.isEmpty());

    // When
    clock.delete("old");
    clock.route("new", AT_TWO, SHANGHAI, note);

    // Then
    assertThat(clock.triggers()).containsExactly("clock.new");
    assertThat(heart.texts("select job_name from qrtz_job_details")).containsExactly("new");
    assertThat(clock.runs.all()).isEmpty();
  }

  @Test
  void what_was_deleted_while_nobody_ran_is_removed_at_the_start() throws Exception {
    // Given
    clock.route("gone", EACH_SECOND, SHANGHAI, note);

    // When
    try (Heart second = heart.another();
        Clockwork other = new Clockwork(second)) {
      other.route("kept", AT_TWO, SHANGHAI, note).start();

      // Then
      assertThat(other.triggers()).containsExactly("clock.kept");
    }
  }

  @Test
  void a_job_that_fails_is_logged_once_without_what_it_held_and_comes_at_its_next_time()
      throws Exception {
    // Given
    LogLines log = new LogLines();
    clock.route(
        "tick",
        EACH_SECOND,
        SHANGHAI,
        exchange -> {
          fired.add(exchange);
          throw new IllegalStateException("receiver 13800138000 is not known");
        });

    // When
    clock.start();
    Await.until("the next", SOON, () -> fired.size() > 1);
    clock.close();
    log.close();

    // Then
    List<String> told = log.lines().stream().filter(line -> line.contains("IllegalSt")).toList();
    assertThat(told)
        .hasSameSizeAs(fired)
        .allMatch(line -> line.contains("schedule.fired schedule=clock/tick"))
        .allMatch(line -> line.contains("outcome=FAILED"));
    assertThat(log.lines()).noneMatch(line -> line.contains("13800138000"));
    assertThat(dues()).doesNotHaveDuplicates();
  }

  @Test
  void what_the_clock_may_mend_comes_again_as_the_same_firing() throws Exception {
    // Given
    Duration asked = Duration.ofMillis(100);
    clock.route(
        "nightly",
        AT_TWO,
        SHANGHAI,
        exchange -> {
          fired.add(exchange);
          if (fired.size() < 3) {
            throw new TryLater(Cause.TARGET_UNREACHABLE, Optional.of(asked), "a pause");
          }
        });
    missed("nightly");

    // When
    clock.start();

    // Then
    Await.until(
        "done",
        SOON,
        () ->
            clock.runs.all().containsKey("clock/nightly")
                && "DONE".equals(clock.runs.all().get("clock/nightly").outcome()));
    assertThat(fired).hasSize(3);
    assertThat(dues().stream().distinct()).hasSize(1);
    Await.until("settled", SOON, () -> clock.triggers().size() == 1);
    assertThat(clock.triggers()).containsExactly("clock.nightly");
  }

  @Test
  void without_a_wait_that_was_asked_for_it_comes_again_in_a_minute() throws Exception {
    // Given
    clock.route(
        "nightly",
        AT_TWO,
        SHANGHAI,
        exchange -> {
          throw new TryLater(Cause.TARGET_UNREACHABLE, Optional.empty(), "away");
        });
    missed("nightly");
    Instant before = Instant.now();

    // When
    clock.start();
    TriggerKey again = new TriggerKey("clock/nightly", "again");
    Await.until("again", SOON, () -> clock.scheduler.checkExists(again));

    // Then
    Trigger trigger = clock.scheduler.getTrigger(again);
    assertThat(trigger.getNextFireTime().toInstant())
        .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(61));
    assertThat(trigger.getJobDataMap().getString("tries")).isEqualTo("1");
    assertThat(clock.runs.all().get("clock/nightly").outcome()).isEqualTo("AGAIN");
  }

  @Test
  void a_firing_that_meets_no_route_is_done_when_the_route_is_there() throws Exception {
    // Given: the file is refused just now
    clock.route("nightly", AT_TWO, SHANGHAI, note);
    clock.stop("nightly");
    missed("nightly");
    clock.start();
    TriggerKey again = new TriggerKey("clock/nightly", "again");
    Await.until("handed on", SOON, () -> clock.scheduler.checkExists(again));

    // When
    clock.route("nightly", AT_TWO, SHANGHAI, note);

    // Then
    Await.until("done", SOON, () -> !fired.isEmpty());
    Await.until("settled", SOON, () -> clock.triggers().size() == 1);
    assertThat(fired).hasSize(1);
  }

  @Test
  void a_job_that_a_stop_cut_off_is_done_again() throws Exception {
    // Given
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    clock.route(
        "nightly",
        AT_TWO,
        SHANGHAI,
        exchange -> {
          if (begun.incrementAndGet() == 1) {
            working.countDown();
            stopped.await();
            throw new IllegalStateException("the pool is closed");
          }
          fired.add(exchange);
        });
    missed("nightly");
    clock.start();
    working.await();

    // When: an edit takes its place and does not wait for its end
    clock.schedules.leave(clock.schedules.find("clock/nightly").orElseThrow());
    stopped.countDown();
    Await.until("owed", SOON, () -> clock.triggers().size() == 2);
    clock.route("nightly", AT_TWO, SHANGHAI, note);

    // Then
    Await.until("done again", SOON, () -> fired.size() == 1);
  }

  @Test
  void a_job_that_the_end_of_its_process_cut_off_is_left_as_if_it_were_killed() throws Exception {
    // Given
    LogLines log = new LogLines();
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    clock.route(
        "nightly",
        AT_TWO,
        SHANGHAI,
        exchange -> {
          working.countDown();
          closing.await();
          throw new IllegalStateException("the pool is closed");
        });
    missed("nightly");
    clock.start();
    working.await();

    // When
    clock.schedules.rest();
    closing.countDown();
    Await.until(
        "left", SOON, () -> log.lines().stream().anyMatch(l -> l.contains("schedule.left")));
    log.close();
    clock.scheduler.shutdown(false);

    // Then
    assertThat(heart.texts("select state from qrtz_fired_triggers")).containsExactly("EXECUTING");
    assertThat(heart.number("select count(*) from qrtz_triggers")).isOne();
  }

  @Test
  void only_one_run_of_a_schedule_goes_on_at_a_time() throws Exception {
    // Given
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    Processor slow =
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          fired.add(exchange);
          Await.until("the next was due", SOON, () -> later(exchange));
          now.decrementAndGet();
          three.countDown();
        };

    // When
    try (Heart second = heart.another();
        Clockwork other = new Clockwork(second)) {
      clock.route("tick", EACH_SECOND, SHANGHAI, slow).start();
      other.route("tick", EACH_SECOND, SHANGHAI, slow).start();
      three.await();
      clock.delete("tick");
    }

    // Then
    assertThat(most).hasValue(1);
  }

  private static boolean later(Exchange exchange) {
    Instant due = exchange.getProperty(ScheduleComponent.DUE, Instant.class);
    return Instant.now().isAfter(due.plusMillis(1200));
  }

  @Test
  void a_schedule_that_names_no_time_or_no_zone_cannot_be_made() {
    assertThatThrownBy(() -> new Schedule("clock/x", "0 0 2 * *", ZoneId.of("UTC")))
        .hasMessageContaining("six: second minute hour day month weekday");
    assertThat(Schedule.wrong("0 0 2 * * ?")).isEmpty();
  }
}
