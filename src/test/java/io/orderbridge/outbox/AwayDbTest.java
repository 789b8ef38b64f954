package io.orderbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.call.Answer;
import io.orderbridge.work.Drafts;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A subscriber that was away hears of everything afterwards, once and in order (R08). */
@Tag("R08")
class AwayDbTest {
  private static final String QUEUE = "outbox:erp";
  private static final Duration AWAY = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration TOOK = Duration.ofMillis(1);
  private static final int ORDERS = 20;
  private static final int EVENTS_EACH = 3;

  // As routes/erp/connection.yaml has it: tries at once, after 10 s, 70 s, 6 min, and 36 min.
  private static final Target ERP =
      new Target(
          "erp",
          List.of("order.*"),
          Set.of(),
          Set.of(),
          false,
          null,
          new Target.Retry(
              List.of(
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(30)),
              Duration.ofHours(72)),
          Owing.LIMITS,
          Owing.BREAKER,
          Target.Moot.LATER_STATE,
          List.of(),
          null);

  private final Map<String, List<Long>> heard = new TreeMap<>();
  private Duration passed = Duration.ZERO;
  private int refusedWhileAway;

  @Test
  void a_subscriber_away_for_ten_minutes_gets_each_event_once_and_in_order() {
    try (Heart heart = Heart.fresh()) {
      // Given
      heart.database.run(connection -> heart.queue.put(connection, debts()));

      // When the database's clock goes on for three hours, five seconds a step
      while (passed.compareTo(Duration.ofHours(3)) < 0) {
        heart
            .queue
            .claim(QUEUE, ORDERS, EVENTS_EACH, Duration.ofMinutes(1))
            .forEach(claim -> work(heart, claim));
        heart.execute(
            "update lane set due_at = due_at - interval '%d seconds'".formatted(STEP.toSeconds()));
        passed = passed.plus(STEP);
      }

      // Then
      assertThat(heard).hasSize(ORDERS);
      assertThat(heard.values())
          .allSatisfy(events -> assertThat(events).containsExactly(0L, 1L, 2L));
      assertThat(refusedWhileAway)
          .as("tried by the schedule, only the first event of each order, not in a tight loop")
          .isEqualTo(4 * ORDERS);
      assertThat(heart.number("select count(*) from work")).isZero();
    }
  }

  private static List<Draft> debts() {
    List<Draft> debts = new ArrayList<>();
    for (long event = 0; event < EVENTS_EACH; event++) {
      for (int order = 0; order < ORDERS; order++) {
        String subject = "demo/" + order;
        String key = subject + "-" + event + ":erp";
        debts.add(new Draft(QUEUE, subject, event, Instant.EPOCH, subject, key, null));
      }
    }
    return debts;
  }

  private void work(Heart heart, Claim claim) {
    for (int i = 0; i < claim.items().size(); i++) {
      Item item = claim.items().get(i);
      Settlement ended = deliver(item);
      boolean last = !ended.rest().isZero() || i + 1 == claim.items().size();
      Release release = last ? new Release(claim, ended.rest()) : null;
      Drafts.settle(heart, ended, release);
      if (last) {
        return;
      }
    }
  }

  private Settlement deliver(Item item) {
    boolean away = passed.compareTo(AWAY) < 0;
    if (!away) {
      heard
          .computeIfAbsent(item.what().subject(), subject -> new ArrayList<>())
          .add(item.what().ref());
    } else {
      refusedWhileAway++;
    }
    return new Judge(ERP, item.since())
        .answered(item, Answer.of(away ? 503 : 200, "", Map.of()), new byte[0], TOOK);
  }
}
