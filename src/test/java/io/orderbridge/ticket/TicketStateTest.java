package io.orderbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.ticket.TicketState.Closed;
import io.orderbridge.ticket.TicketState.InProgress;
import io.orderbridge.ticket.TicketState.Live;
import io.orderbridge.ticket.TicketState.Open;
import io.orderbridge.ticket.TicketState.ToVerify;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R41")
class TicketStateTest {
  private static final Instant THEN = Instant.parse("2026-11-20T02:00:00Z");
  private static final Instant NOW = THEN.plusSeconds(60);
  private static final List<Live> LIVE =
      List.of(new Open("x", THEN), new InProgress("alice", THEN), new ToVerify("alice", THEN));

  @Test
  void the_way_is_open_in_progress_to_verify_closed() {
    InProgress begun = new Open("orderbridge", THEN).take("alice", NOW);
    ToVerify done = begun.handOver(NOW);
    Closed closed = done.close("bob", "refund was booked", NOW);

    assertThat(begun).isEqualTo(new InProgress("alice", NOW));
    assertThat(done).isEqualTo(new ToVerify("alice", NOW));
    assertThat(closed).isEqualTo(new Closed("bob", NOW, "refund was booked"));
    assertThat(closed.reopen("bob", NOW)).isEqualTo(new Open("bob", NOW));
  }

  @Test
  void from_everywhere_but_the_end_it_can_be_taken_and_closed() {
    assertThat(LIVE)
        .allSatisfy(
            state -> {
              assertThat(state.take("bob", NOW)).isEqualTo(new InProgress("bob", NOW));
              assertThat(state.close("bob", "why", NOW)).isEqualTo(new Closed("bob", NOW, "why"));
            });
  }

  @Test
  void who_is_given_work_that_another_began_has_to_begin() {
    assertThat(LIVE.get(1).assign("bob", NOW)).isEqualTo(new Open("bob", NOW));
    assertThat(LIVE.get(0).assign("bob", NOW)).isSameAs(LIVE.get(0));
    assertThat(LIVE.get(2).assign("bob", NOW)).isSameAs(LIVE.get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void nothing_is_closed_without_a_reason(String reason) {
    assertThat(LIVE)
        .allSatisfy(
            state ->
                assertThatThrownBy(() -> state.close("bob", reason, NOW))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a ticket is closed with a reason"));
  }

  @Test
  void a_state_is_read_as_it_was_written() {
    for (TicketState state : List.of(LIVE.get(0), LIVE.get(1), LIVE.get(2))) {
      assertThat(TicketState.of(state.name(), state.by(), state.since(), "")).isEqualTo(state);
    }
    Closed closed = new Closed("bob", THEN, "why");
    assertThat(TicketState.of("CLOSED", "bob", THEN, "why")).isEqualTo(closed);
  }
}
