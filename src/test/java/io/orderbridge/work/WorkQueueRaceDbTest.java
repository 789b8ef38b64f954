package io.orderbridge.work;

import static io.orderbridge.work.Drafts.LEASE;
import static io.orderbridge.work.Drafts.QUEUE;
import static io.orderbridge.work.Drafts.draft;
import static io.orderbridge.work.Drafts.payAll;
import static io.orderbridge.work.Drafts.put;
import static io.orderbridge.work.Drafts.refs;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.WorkQueue.Release;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueRaceDbTest {
  private static final int ROUNDS = 150;
  private static final int LANES = 3;
  private static final int ADDERS = 3;
  private static final int WORKERS = 3;
  private static final int ADDED_EACH = 1_500;
  private static final Duration DRAIN_MAX = Duration.ofSeconds(60);

  private final Heart heart = Heart.fresh();
  private final Heart other = heart.another();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
    other.close();
    heart.close();
  }

  @Test
  void two_workers_at_once_never_claim_the_same_lane() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      for (int lane = 0; lane < LANES; lane++) {
        put(heart, draft("lane-" + lane, round));
      }

      // When
      Future<List<Claim>> one = threads.submit(claims(heart, barrier));
      Future<List<Claim>> two = threads.submit(claims(other, barrier));
      List<Claim> claims = new ArrayList<>(one.get(20, TimeUnit.SECONDS));
      claims.addAll(two.get(20, TimeUnit.SECONDS));

      // Then
      assertThat(claims).as("round %d", round).extracting(Claim::lane).doesNotHaveDuplicates();
      claims.addAll(heart.queue.claim(QUEUE, LANES, 9, LEASE));
      assertThat(claims).hasSize(LANES);
      claims.forEach(claim -> payAll(heart, claim));
    }
    assertThat(heart.number("select count(*) from lane")).isZero();
  }

  private static Callable<List<Claim>> claims(Heart heart, CyclicBarrier barrier) {
    return () -> {
      barrier.await(20, TimeUnit.SECONDS);
      return heart.queue.claim(QUEUE, LANES, 9, LEASE);
    };
  }

  // The adder has put its work and poked the lane, but not committed: the release cannot see the
  // work, and must not take the lane for empty.
  @Test
  void work_that_is_not_committed_yet_when_its_lane_is_released_is_not_stranded() throws Exception {
    // Given
    put(heart, draft("a", 1));
    Claim claim = heart.queue.claim(QUEUE, 1, 9, LEASE).get(0);
    try (Connection adder = heart.source.getConnection()) {
      adder.setAutoCommit(false);
      heart.queue.put(adder, List.of(draft("a", 2)));

      // When
      Future<?> releasing = threads.submit(() -> payAll(other, claim));
      awaitLockWait();
      adder.commit();
      releasing.get(20, TimeUnit.SECONDS);
    }

    // Then
    assertThat(refs(heart.queue.claim(QUEUE, 1, 9, LEASE))).containsExactly(2L);
  }

  @Test
  void work_that_waits_for_the_release_of_its_lane_makes_the_lane_anew() throws Exception {
    // Given
    put(heart, draft("a", 1));
    Claim claim = heart.queue.claim(QUEUE, 1, 9, LEASE).get(0);
    try (Connection releasing = heart.source.getConnection()) {
      releasing.setAutoCommit(false);
      heart.queue.pay(releasing, claim.items());
      heart.queue.release(releasing, List.of(new Release(claim, Duration.ZERO)));

      // When
      Future<?> adding = threads.submit(() -> put(other, draft("a", 2)));
      awaitLockWait();
      releasing.commit();
      adding.get(20, TimeUnit.SECONDS);
    }

    // Then
    assertThat(refs(heart.queue.claim(QUEUE, 1, 9, LEASE))).containsExactly(2L);
  }

  private void awaitLockWait() {
    String waits =
        "select count(*) from pg_stat_activity"
            + " where wait_event_type = 'Lock' and datname = current_database()";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (heart.number(waits) == 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(heart.number(waits)).isEqualTo(1);
  }

  @Test
  void adders_and_workers_in_a_race_strand_no_work_and_keep_the_order_of_each_adder()
      throws Exception {
    // Given
    Map<String, List<Long>> done = new ConcurrentHashMap<>();
    AtomicInteger adding = new AtomicInteger(ADDERS);
    List<Future<?>> running = new ArrayList<>();

    // When
    for (int adder = 0; adder < ADDERS; adder++) {
      long first = (adder + 1) * 1_000_000L;
      running.add(threads.submit(() -> add(first, adding)));
    }
    for (int worker = 0; worker < WORKERS; worker++) {
      Heart mine = worker % 2 == 0 ? heart : other;
      running.add(threads.submit(() -> work(mine, adding, done)));
    }
    for (Future<?> thread : running) {
      thread.get(DRAIN_MAX.toSeconds() * 2, TimeUnit.SECONDS);
    }

    // Then
    assertThat(heart.number("select count(*) from work")).as("left behind").isZero();
    assertThat(heart.number("select count(*) from lane")).as("lanes left").isZero();
    assertThat(done.values().stream().mapToInt(List::size).sum()).isEqualTo(ADDERS * ADDED_EACH);
    done.forEach(
        (lane, refs) -> {
          for (int adder = 1; adder <= ADDERS; adder++) {
            long from = adder * 1_000_000L;
            assertThat(refs.stream().filter(ref -> ref / 1_000_000L == from / 1_000_000L))
                .as("lane %s, adder %d", lane, adder)
                .isSorted();
          }
        });
  }

  private void add(long first, AtomicInteger adding) {
    Random random = new Random(first);
    for (int i = 0; i < ADDED_EACH; i++) {
      put(heart, draft("lane-" + random.nextInt(LANES), first + i));
    }
    adding.decrementAndGet();
  }

  // One item of a lane at a time, so that lanes run empty and are removed as often as possible.
  private void work(Heart mine, AtomicInteger adding, Map<String, List<Long>> done) {
    long end = System.nanoTime() + DRAIN_MAX.toNanos();
    while (System.nanoTime() < end) {
      boolean last = adding.get() == 0;
      List<Claim> claims = mine.queue.claim(QUEUE, 1, 3, LEASE);
      for (Claim claim : claims) {
        done.computeIfAbsent(claim.lane(), l -> Collections.synchronizedList(new ArrayList<>()))
            .addAll(refs(List.of(claim)));
        payAll(mine, claim);
      }
      if (last && claims.isEmpty() && mine.number("select count(*) from lane") == 0) {
        return;
      }
    }
  }
}
