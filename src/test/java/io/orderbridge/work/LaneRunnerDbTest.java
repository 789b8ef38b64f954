package io.orderbridge.work;

import static io.orderbridge.work.Drafts.QUEUE;
import static io.orderbridge.work.Drafts.draft;
import static io.orderbridge.work.Drafts.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.Work.Item;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneRunnerDbTest {
  private static final Filter ALL = new Filter(null, null, null, null, null, null, null);
  private static final Duration ENDS_MAX = Duration.ofSeconds(20);

  private final Heart heart = Heart.fresh();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<LaneRunner<String>> runners = new ArrayList<>();

  @AfterEach
  void end() {
    runners.forEach(runner -> runner.close(Duration.ofSeconds(5)));
    pool.shutdownNow();
    heart.close();
  }

  private void run(PlannedWorker worker) {
    LaneRunner<String> runner =
        new LaneRunner<>(QUEUE, heart.queue, heart.settlements, worker, pool);
    runners.add(runner);
    runner.start();
  }

  private void await(BooleanSupplier condition) {
    long end = System.nanoTime() + ENDS_MAX.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it never came true").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private boolean empty() {
    return heart.number("select count(*) from work") + heart.number("select count(*) from lane")
        == 0;
  }

  @Test
  void every_lane_is_done_in_order_and_nothing_is_left() {
    // Given
    for (int i = 0; i < 300; i++) {
      put(heart, draft("lane-" + i % 10, i));
    }
    PlannedWorker worker = PlannedWorker.done();

    // When
    run(worker);
    await(this::empty);

    // Then
    assertThat(worker.worked).hasSize(300).doesNotHaveDuplicates();
    for (long lane = 0; lane < 10; lane++) {
      long mine = lane;
      assertThat(worker.worked.stream().filter(ref -> ref % 10 == mine)).isSorted();
    }
    assertThat(heart.number("select count(*) from attempt where outcome = 'DONE'")).isEqualTo(300);
  }

  @Test
  void work_put_while_it_runs_is_done_without_waiting_for_the_next_look() throws Exception {
    // Given
    CountDownLatch done = new CountDownLatch(200);
    run(
        new PlannedWorker(
            item -> {
              done.countDown();
              return Settlement.done(item, false, Drafts.TOOK);
            }));

    // When
    for (int i = 0; i < 200; i++) {
      put(heart, draft("lane-" + i % 3, i));
    }

    // Then
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    await(this::empty);
  }

  @Test
  void what_is_tried_again_keeps_what_is_behind_it_waiting_and_counts_its_attempts() {
    // Given
    AtomicInteger failures = new AtomicInteger(3);
    PlannedWorker worker =
        new PlannedWorker(
            item ->
                item.what().ref() == 1 && failures.getAndDecrement() > 0
                    ? Settlement.again(
                        item, Cause.TARGET_BUSY, "503", Duration.ofMillis(20), Drafts.TOOK)
                    : Settlement.done(item, false, Drafts.TOOK));
    put(heart, draft("a", 1), draft("a", 2));

    // When
    run(worker);
    await(this::empty);

    // Then
    assertThat(worker.worked).containsExactly(1L, 1L, 1L, 1L, 2L);
    assertThat(heart.texts("select number::text from attempt where ref = 1 order by number"))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void what_may_wait_apart_holds_up_nothing_behind_it() {
    // Given
    PlannedWorker worker =
        new PlannedWorker(
            item ->
                item.what().ref() == 1 && item.attempts() == 0
                    ? Settlement.again(
                            item, Cause.ROUTE_FAILED, "x", Duration.ofMillis(300), Drafts.TOOK)
                        .waitingApart()
                    : Settlement.done(item, false, Drafts.TOOK));
    put(heart, draft("#1", 1), draft("#1", 2), draft("#1", 3));

    // When
    run(worker);
    await(this::empty);

    // Then
    assertThat(worker.worked).containsExactly(1L, 2L, 3L, 1L);
  }

  @Test
  void an_item_that_kills_the_process_again_and_again_is_buried_and_its_lane_goes_on() {
    // Given
    put(heart, draft("a", 1), draft("a", 2));
    for (int death = 0; death < LaneRunner.STRIKES_MAX; death++) {
      assertThat(heart.queue.claim(QUEUE, 1, 8, Duration.ZERO)).hasSize(1);
    }
    PlannedWorker worker = PlannedWorker.done();

    // When
    run(worker);
    await(this::empty);

    // Then
    assertThat(worker.worked).containsExactly(2L);
    assertThat(heart.letters.list(ALL, 0, 10))
        .extracting(DeadLetter::cause)
        .containsExactly(Cause.PROCESS_CRASH);
  }

  @Test
  void a_worker_that_throws_costs_its_lane_the_lease_and_the_others_nothing() {
    // Given
    PlannedWorker worker =
        new PlannedWorker(
            item -> {
              if (item.what().ref() < 8) {
                throw new StackOverflowError("planted");
              }
              return Settlement.done(item, false, Drafts.TOOK);
            });
    for (int i = 0; i < 12; i++) {
      put(heart, draft("lane-" + i, i));
    }

    // When: more lanes throw than may be in work at the same time
    run(worker);

    // Then
    await(() -> heart.number("select count(*) from work") == 8);
    assertThat(heart.number("select count(*) from lane where token is not null")).isEqualTo(8);
  }

  @Test
  void a_lane_that_may_not_go_on_is_released_after_the_item_in_work() {
    // Given
    PlannedWorker worker =
        new PlannedWorker(
            item -> {
              return Settlement.done(item, false, Drafts.TOOK);
            });
    worker.goesOn = false;
    put(heart, draft("a", 1), draft("a", 2), draft("a", 3));
    long before = heart.number("select last_value from claim_token");

    // When
    run(worker);
    await(this::empty);

    // Then: one claim for each
    assertThat(worker.worked).containsExactly(1L, 2L, 3L);
    assertThat(heart.number("select last_value from claim_token") - before)
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void what_was_admitted_and_not_begun_is_given_back_also_when_the_database_fails() {
    // Given
    heart.execute("alter table lane rename to gone");
    PlannedWorker worker = PlannedWorker.done();

    // When
    run(worker);
    await(() -> worker.unused.get() >= 4);
    heart.execute("alter table gone rename to lane");
    put(heart, draft("a", 1));
    await(this::empty);

    // Then: what is admitted and not given back is what was worked
    runners.forEach(runner -> runner.close(Duration.ofSeconds(5)));
    assertThat(worker.admitted.get() - worker.unused.get()).isEqualTo(1);
  }

  @Test
  void what_could_not_be_loaded_was_never_in_work() {
    // Given
    AtomicInteger away = new AtomicInteger(2);
    AtomicInteger again = new AtomicInteger();
    PlannedWorker worker =
        new PlannedWorker(item -> Settlement.done(item, false, Drafts.TOOK)) {
          @Override
          public Map<Long, String> load(List<Item> items) {
            if (away.getAndDecrement() > 0) {
              heart.database.run(
                  connection -> {
                    throw new SQLException("planted", "57P01");
                  });
            }
            return super.load(items);
          }

          @Override
          public CompletionStage<Settlement> workAgain(Item item, String loaded) {
            again.incrementAndGet();
            return work(item, loaded);
          }

          @Override
          public LaneRunner.Limits limits() {
            return new LaneRunner.Limits(4, 8, Duration.ofSeconds(8), Duration.ofSeconds(5));
          }
        };
    put(heart, draft("a", 1));

    // When
    run(worker);
    await(this::empty);

    // Then
    assertThat(worker.worked).containsExactly(1L);
    assertThat(again).hasValue(0);
  }
}
