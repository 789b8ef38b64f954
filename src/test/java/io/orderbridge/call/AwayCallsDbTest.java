package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R19")
class AwayCallsDbTest {
  @Test
  void a_connection_whose_call_failed_too_often_in_a_row_is_away_until_it_answers() {
    try (Calling calling = Calling.fresh();
        Partner partner = new Partner()) {
      calling.has(Calling.to(partner.url()));
      partner.answers(asked -> Partner.Reply.of(503, "{}"));
      for (int failed = 0; failed < Calling.BREAKER.failures(); failed++) {
        assertThat(calling.calls.away()).isEmpty();
        calling.ask(Map.of());
      }
      assertThat(calling.calls.away()).containsExactly("shop");
      // An edit of its file begins anew.
      Calling.Draft edited = Calling.to(partner.url());
      edited.headers = Map.of("X-Edited", "1");
      calling.has(edited);
      assertThat(calling.calls.away()).isEmpty();
    }
  }
}
