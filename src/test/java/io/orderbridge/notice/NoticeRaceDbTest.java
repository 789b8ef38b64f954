package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes send the same notices, receipts come from all sides, and one of them dies. */
@Tag("R17")
@Tag("R22")
@Tag("R86")
class NoticeRaceDbTest {
  private static final long SEED = 20_261_120L;
  private static final int NOTICES = 300;
  private static final int DIES_AFTER = 150;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> VENDORS = List.of("wechat-a", "push-a", "sms-a");

  private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-20T04:00:00Z"));
  private final Heart heart = Heart.fresh();
  private final Heart second = heart.another();
  private final PostOffice one = new PostOffice(heart, clock);
  private final PostOffice two = new PostOffice(second, clock);
  private final ExecutorService threads = Executors.newFixedThreadPool(6);
  private final ConcurrentLinkedQueue<Future<?>> receipts = new ConcurrentLinkedQueue<>();
  private final PlayedVendors played =
      new PlayedVendors(SEED, Set.of("wechat-a"), clock, this::tell);
  private final CountDownLatch dying = new CountDownLatch(1);
  private final CountDownLatch dead = new CountDownLatch(1);
  private volatile boolean alive = true;

  @AfterEach
  void end() {
    dead.countDown();
    threads.shutdownNow();
    two.close();
    if (alive) {
      second.close();
    }
    one.end();
  }

  private void tell(String vendor, Receipts.Receipt receipt) {
    receipts.add(
        threads.submit(() -> one.receipts.take(vendor, List.of(receipt), clock.instant())));
  }

  private void open(PostOffice office) {
    office.gate(Gate.Mode.CASCADE, "wechat", "push", "sms");
    for (String vendor : VENDORS) {
      office.vendor(vendor, vendor.equals("wechat-a") ? Vendor.Doubt.AGAIN : Vendor.Doubt.WAIT);
    }
  }

  private void plays() {
    for (String vendor : VENDORS) {
      one.answers.put(vendor, message -> played.answer(vendor, message));
      two.answers.put(
          vendor,
          message -> {
            Object answer = played.answer(vendor, message);
            // What a vendor took and a dying process never wrote down.
            if (played.given.get() >= DIES_AFTER) {
              dying.countDown();
              hang();
            }
            return answer;
          });
    }
  }

  private void hang() {
    try {
      dead.await(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Future<?>> rounds(PostOffice office) {
    return List.of(
        threads.submit(() -> office.rounds.run(clock.instant())),
        threads.submit(() -> office.planner.run(clock.instant())),
        threads.submit(() -> office.findings.run(clock.instant())));
  }

  private void round() throws Exception {
    List<Future<?>> running = new ArrayList<>(rounds(one));
    if (alive) {
      running.addAll(rounds(two));
    }
    for (Future<?> each : running) {
      each.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
    for (Future<?> told = receipts.poll(); told != null; told = receipts.poll()) {
      told.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void quiet() {
    Await.until(
        "all is sent and told",
        SOON,
        () -> {
          round();
          return receipts.isEmpty()
              && heart.number("select count(*) from notice where state = 'NEW'") == 0
              && heart.number("select count(*) from work where queue like 'notice:%'") == 0;
        });
  }

  private void ship() throws Exception {
    for (int i = 0; i < NOTICES; i++) {
      one.order("n" + i, "1380000" + (1000 + i));
    }
    Future<?> other = threads.submit(() -> ships(two));
    ships(one);
    other.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private static void ships(PostOffice office) {
    for (int i = 0; i < NOTICES; i++) {
      office.ships("n" + i);
    }
  }

  private void dies() {
    Await.until(
        "it is in the middle",
        SOON,
        () -> {
          round();
          return dying.getCount() == 0;
        });
    alive = false;
    second.close();
    dead.countDown();
    heart.instance.heartbeat();
  }

  @Test
  void every_notice_comes_to_an_end_and_no_customer_gets_two_copies() throws Exception {
    // Given
    open(one);
    open(two);
    plays();
    ship();
    assertThat(heart.number("select count(*) from notice")).isEqualTo(NOTICES);

    // When
    dies();
    for (int minute = 0; minute < 75; minute++) {
      quiet();
      clock.step(Duration.ofMinutes(1));
    }
    quiet();

    // Then
    everyNoticeHasEnded();
    nothingWasDoubled();
    countsAddUp();
  }

  private void everyNoticeHasEnded() {
    assertThat(heart.texts("select distinct state from notice"))
        .as("seed %d", SEED)
        .isSubsetOf("DELIVERED", "READ", "UNCONFIRMED", "FAILED");
    assertThat(heart.texts("select distinct state from notice_send where due_at is not null"))
        .isEmpty();
    assertThat(heart.texts("select distinct state from notice_send"))
        .isSubsetOf("DELIVERED", "READ", "UNCONFIRMED", "FAILED");
    assertThat(heart.number("select count(*) from lane where queue like 'notice:%'")).isZero();
  }

  private void nothingWasDoubled() {
    assertThat(played.taken)
        .as("seed %d", SEED)
        .allSatisfy(
            (message, times) -> {
              if (!message.startsWith("wechat-a")) {
                assertThat(times).as(message).isEqualTo(1);
              }
            });
    List<String> customers =
        heart.texts("select id || ' ' || notice_id from notice_send order by id").stream()
            .filter(row -> played.delivered.contains(Long.valueOf(row.split(" ")[0])))
            .map(row -> row.split(" ")[1])
            .toList();
    assertThat(customers).as("seed %d: copies", SEED).doesNotHaveDuplicates();
    assertThat(heart.number("select count(*) from notice where reached_at is not null"))
        .isEqualTo(customers.size());
  }

  private void countsAddUp() {
    LocalDate day = LocalDate.of(2026, 11, 20);
    Days.Day counted = one.days.between(day, day).get(0);
    assertThat(counted.due()).isEqualTo(NOTICES);
    assertThat(counted.open()).isZero();
    assertThat(counted.reached() + counted.unconfirmed() + counted.failed()).isEqualTo(NOTICES);
    assertThat(counted.failed())
        .isPositive()
        .isEqualTo(heart.number("select count(*) from finding where state = 'OPEN'"));
    assertThat(counted.reached()).isGreaterThan(NOTICES / 2);
  }
}
