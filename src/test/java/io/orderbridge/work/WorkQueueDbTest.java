package io.orderbridge.work;

import static io.orderbridge.work.Drafts.LEASE;
import static io.orderbridge.work.Drafts.QUEUE;
import static io.orderbridge.work.Drafts.claim;
import static io.orderbridge.work.Drafts.draft;
import static io.orderbridge.work.Drafts.payAll;
import static io.orderbridge.work.Drafts.put;
import static io.orderbridge.work.Drafts.refs;
import static io.orderbridge.work.Drafts.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueDbTest {
  private final Heart heart = Heart.fresh();

  @AfterEach
  void end() {
    heart.close();
  }

  @Test
  void work_of_a_lane_comes_out_in_the_order_it_was_put() {
    // Given
    put(heart, draft("a", 3), draft("b", 9), draft("a", 1));
    put(heart, draft("a", 2));

    // When
    List<Claim> claims = claim(heart);

    // Then
    Claim a = claims.stream().filter(claim -> claim.lane().equals("a")).findFirst().orElseThrow();
    assertThat(refs(List.of(a))).containsExactly(3L, 1L, 2L);
    assertThat(claims).hasSize(2);
    assertThat(claim(heart)).isEmpty();
  }

  @Test
  void what_was_put_comes_back_unchanged() {
    // Given
    byte[] copy = {0, 1, '"', '\\', (byte) 0xff};
    Instant at = Instant.parse("2026-11-20T02:00:00.123456Z");
    Draft draft = new Draft(QUEUE, "demo/1,{\"}", 7, at, "订单/1001", "key:\\'\"", copy);

    // When
    put(heart, draft);
    Item item = claim(heart).get(0).items().get(0);

    // Then
    assertThat(item.what()).usingRecursiveComparison().isEqualTo(draft);
    assertThat(item.attempts()).isZero();
  }

  @Test
  void a_time_within_the_doubled_hour_of_a_summer_time_zone_keeps_its_instant() {
    // Given
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try (Heart berlin = heart.another()) {
      Instant summer = Instant.parse("2026-10-25T00:30:00Z");
      Instant winter = Instant.parse("2026-10-25T01:30:00Z");

      // When
      put(
          berlin,
          new Draft(QUEUE, "s", 1, summer, "s", "k1", null),
          new Draft(QUEUE, "w", 2, winter, "w", "k2", null));

      // Then
      assertThat(claim(berlin))
          .flatExtracting(Claim::items)
          .extracting(item -> item.what().refAt())
          .containsExactlyInAnyOrder(summer, winter);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void a_lane_with_nothing_left_is_gone_and_one_with_work_left_is_due_at_once() {
    // Given
    put(heart, draft("a", 1), draft("b", 2));
    List<Claim> claims = claim(heart);

    // When
    payAll(heart, claims.get(0));
    release(heart, claims.get(1));

    // Then
    assertThat(heart.texts("select lane from lane")).containsExactly(claims.get(1).lane());
    assertThat(claim(heart)).extracting(Claim::lane).containsExactly(claims.get(1).lane());
  }

  @Test
  void a_lane_that_rests_is_not_due_even_when_work_is_added() {
    // Given
    put(heart, draft("a", 1));
    Claim claim = claim(heart).get(0);
    heart.database.run(
        c -> heart.queue.release(c, List.of(new Release(claim, Duration.ofMinutes(5)))));

    // When
    put(heart, draft("a", 2));

    // Then
    assertThat(claim(heart)).isEmpty();
    heart.execute("update lane set due_at = now()");
    assertThat(refs(claim(heart))).containsExactly(1L, 2L);
  }

  @Test
  void work_added_while_a_lane_is_claimed_makes_it_due_after_the_release() {
    // Given
    put(heart, draft("a", 1));
    Claim claim = claim(heart).get(0);

    // When
    put(heart, draft("a", 2));
    payAll(heart, claim);

    // Then
    assertThat(refs(claim(heart))).containsExactly(2L);
  }

  @Test
  void a_claim_that_lapsed_is_taken_over_and_the_old_one_releases_nothing() {
    // Given
    put(heart, draft("a", 1));
    Claim lapsed = heart.queue.claim(QUEUE, 1, 10, Duration.ZERO).get(0);

    // When
    Claim taken = claim(heart).get(0);
    release(heart, lapsed);

    // Then
    assertThat(taken.token()).isNotEqualTo(lapsed.token());
    assertThat(taken.strikes()).isEqualTo(2);
    assertThat(claim(heart)).as("the new claim still holds").isEmpty();
    payAll(heart, taken);
    assertThat(heart.number("select count(*) from lane")).isZero();
  }

  @Test
  void after_a_lapse_only_the_head_is_handed_out_until_an_orderly_release() {
    // Given
    put(heart, draft("a", 1), draft("a", 2));
    heart.queue.claim(QUEUE, 1, 10, Duration.ZERO);

    // When
    Claim struck = claim(heart).get(0);

    // Then
    assertThat(refs(List.of(struck))).containsExactly(1L);
    release(heart, struck);
    assertThat(refs(claim(heart))).containsExactly(1L, 2L);
  }

  @Test
  void what_is_put_back_stands_in_front_of_what_was_put_after_it() {
    // Given
    put(heart, draft("a", 1), draft("a", 2));
    Claim first = claim(heart).get(0);
    Item head = first.items().get(0);
    payAll(heart, first);
    put(heart, draft("a", 3));

    // When
    heart.database.run(connection -> heart.queue.putBack(connection, head, Duration.ZERO));

    // Then
    assertThat(refs(claim(heart))).containsExactly(1L, 3L);
  }

  @Test
  void work_of_a_transaction_that_rolls_back_never_was() {
    // When
    try {
      heart.database.run(
          connection -> {
            heart.queue.put(connection, List.of(draft("a", 1)));
            throw new IllegalStateException("dies");
          });
    } catch (IllegalStateException expected) {
      // Then
      assertThat(claim(heart)).isEmpty();
    }
    assertThat(heart.number("select count(*) from work")).isZero();
  }

  @Test
  void lanes_of_a_process_that_died_are_free_without_waiting_for_the_lease() {
    // Given
    put(heart, draft("a", 1), draft("b", 2));
    Heart dying = heart.another();
    dying.queue.claim(QUEUE, 1, 10, LEASE);
    assertThat(heart.instance.heartbeat()).as("it lives").isZero();

    // When
    dying.close();

    // Then
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    int freed = 0;
    while (freed == 0 && System.nanoTime() < end) {
      freed = heart.instance.heartbeat();
    }
    assertThat(freed).isEqualTo(1);
    assertThat(claim(heart)).hasSize(2).extracting(Claim::strikes).contains(1, 2);
  }
}
