package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What following costs: it takes turns with the recording of orders on the same machine. */
@Tag("R16")
class FollowingCostDbTest {
  private static final int ORDERS = 10_000;
  private static final int EVENTS = 6 * ORDERS;
  // Far above what it takes (60 to 100 us on two cores): a statement per event would take more.
  private static final Duration EVENT_MAX = Duration.ofNanos(500_000);

  @Test
  void an_event_costs_the_follower_less_than_half_a_millisecond() {
    Instant now = Instant.now();
    try (Flowing flowing = new Flowing(Heart.fresh())) {
      Heart heart = flowing.heart;
      flowing.round.run(now);
      heart.execute(
          """
          insert into event (tx, id, type, subject, order_id, body)
          select 3, n || '-' || s, 'order.paid', 'demo/N' || n, n,
                 jsonb_build_object('specversion', '1.0', 'data', jsonb_build_object(
                   'status', (array['CREATED','PAID','ACCEPTED','PACKED','SHIPPED','DELIVERED'])[s],
                   'milestones', jsonb_build_object('CREATED', '2026-11-20T10:00:00Z',
                                                    'PAID', '2026-11-20T10:00:' || 10 + s || 'Z'),
                   'parcels', '[]'::jsonb, 'details', repeat('line of an order ', 100),
                   'change', jsonb_build_object('milestone', 'PAID'), 'revision', s))::text
            from generate_series(1, %d) b, generate_series(1, 6) s,
                 lateral (select b as n) o
           order by b / 500, s, b\
          """
              .formatted(ORDERS));
      long begun = System.nanoTime();
      while (heart.number("select count(*) from board_order") < ORDERS) {
        flowing.round.run(now);
      }
      flowing.round.run(now);
      Duration each = Duration.ofNanos((System.nanoTime() - begun) / EVENTS);
      System.out.printf("board: %d events followed, %d us each%n", EVENTS, each.toNanos() / 1_000);
      assertThat(heart.number("select n from board_now where name = 'DELIVERED'"))
          .isEqualTo(ORDERS);
      assertThat(each).isLessThan(EVENT_MAX);
      over(flowing, now.plusSeconds(400));
    }
  }

  // Five minutes later each event is looked at again: had every target been told in time?
  private static void over(Flowing flowing, Instant later) {
    Heart heart = flowing.heart;
    heart.execute(
        """
        insert into attempt (at, work_id, queue, ref, subject, number, outcome, took_ms)
        select at + interval '1 second' * case when seq % 100 = 0 then 301 else 2 end, seq,
               'outbox:' || t, seq, subject, 1, 'DONE', 5
          from event, unnest(array['erp', 'wms', 'crm']) t;
        analyze attempt\
        """);
    long begun = System.nanoTime();
    while (heart.number("select count(*) from board_place where over = feed") == 0) {
      flowing.round.run(later);
    }
    Duration each = Duration.ofNanos((System.nanoTime() - begun) / EVENTS);
    System.out.printf("board: the second look at an event %d us%n", each.toNanos() / 1_000);
    assertThat(heart.number("select count(*) from board_order where late_at is not null"))
        .isEqualTo(heart.number("select count(distinct order_id) from event where seq % 100 = 0"));
    assertThat(each).isLessThan(EVENT_MAX);
  }
}
