package io.orderbridge.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waits for hours by its schedule is due at once when somebody says so. */
@Tag("R11")
class HurryDbTest {
  private static final Duration HOURS = Duration.ofHours(6);

  @Test
  void lanes_that_wait_are_due_now_and_lanes_in_work_are_left_alone() {
    try (Heart heart = Heart.fresh()) {
      // Given
      Drafts.put(heart, Drafts.draft("demo/waits", 1), Drafts.draft("demo/in-work", 2));
      List<Claim> claims = Drafts.claim(heart);
      Claim waits =
          claims.stream()
              .filter(claim -> claim.lane().equals("demo/waits"))
              .findFirst()
              .orElseThrow();
      heart.database.run(
          connection -> heart.queue.release(connection, List.of(new Release(waits, HOURS))));
      assertThat(Drafts.claim(heart)).isEmpty();

      // When
      int lanes = heart.queue.hurry(Drafts.QUEUE);

      // Then
      assertThat(lanes).isEqualTo(1);
      assertThat(Drafts.refs(Drafts.claim(heart))).containsExactly(1L);
    }
  }
}
