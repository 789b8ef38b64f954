package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.FlowFeed.Moment;
import io.orderbridge.order.OrderFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R16")
class StandingTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static OrderFlow flow(Map<Milestone, Instant> reached) {
    return new OrderFlow(1, "demo/1", "PAID", reached);
  }

  private static Moment heard(Duration later, boolean moved, boolean late) {
    return new Moment(flow(Map.of(Milestone.PAID, NOON)), NOON.plus(later), moved, late);
  }

  @Test
  void an_order_is_late_where_its_newest_late_status_was_heard_of() {
    Standing late = Standing.after(null, heard(Duration.ofSeconds(301), true, true));
    Standing later = Standing.after(late, heard(Duration.ofSeconds(900), true, false));
    assertThat(later.lateAt()).isEqualTo(NOON.plusSeconds(301));
    assertThat(later.movedAt()).isEqualTo(NOON.plusSeconds(900));
    assertThat(later.late(NOON.plusSeconds(200))).isEqualTo(later);
    assertThat(later.late(NOON.plusSeconds(900)).lateAt()).isEqualTo(NOON.plusSeconds(900));
  }

  @Test
  void a_change_without_a_status_moves_nothing() {
    Standing found = Standing.found(flow(Map.of(Milestone.PAID, NOON)));
    assertThat(Standing.after(found, heard(Duration.ZERO, false, false)).movedAt()).isNull();
  }

  @Test
  void an_order_stays_at_a_milestone_until_the_next_by_the_time_when_it_happened() {
    Standing order =
        Standing.found(
            flow(
                Map.of(
                    Milestone.CREATED, NOON,
                    Milestone.PACKED, NOON.plusSeconds(90),
                    Milestone.ACCEPTED, NOON.plusSeconds(100))));
    assertThat(order.stays())
        .containsExactly(
            new Standing.Stayed(Milestone.CREATED, Duration.ofSeconds(90), NOON.plusSeconds(90)),
            new Standing.Stayed(Milestone.PACKED, Duration.ofSeconds(10), NOON.plusSeconds(100)));
    assertThat(order.node()).isEqualTo("ACCEPTED");
  }

  @Test
  void an_order_that_reached_nothing_stands_nowhere() {
    assertThat(Standing.found(flow(Map.of())).node()).isEmpty();
  }
}
