package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R58")
class CounterpartTest {
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final String FROM = "2026-11-23T01:00:00Z";
  private static final String TO = "2026-11-23T02:00:00Z";

  private final Counterpart counterpart = new Counterpart(Clock.fixed(NOW, ZoneOffset.UTC));

  private static Map<String, Object> order(int n) {
    return new HashMap<>(
        Map.of("number", "o" + n, "status", "PAID", "modifiedAt", "2026-11-23T01:0" + n + ":00Z"));
  }

  private void fiveOrders() {
    counterpart.put(IntStream.range(0, 5).mapToObj(CounterpartTest::order).toList());
  }

  private static Map<String, Object> ask(String what, Object... more) {
    Map<String, Object> ask = new HashMap<>(Map.of("do", what));
    for (int i = 0; i < more.length; i += 2) {
      ask.put(more[i].toString(), more[i + 1]);
    }
    return ask;
  }

  private static Map<String, Object> page(int page, boolean descending) {
    return ask("list", "from", FROM, "to", TO, "page", page, "size", 2, "descending", descending);
  }

  private static List<?> numbers(Map<String, Object> answer) {
    return ((List<?>) answer.get("orders"))
        .stream().map(o -> ((Map<?, ?>) o).get("number")).toList();
  }

  @Test
  void a_window_is_read_in_pages_both_ways() {
    fiveOrders();
    Map<String, Object> first = counterpart.answer(page(1, false));
    assertThat(numbers(first)).isEqualTo(List.of("o0", "o1"));
    assertThat(first).containsEntry("total", 5).containsEntry("more", true);
    assertThat(numbers(counterpart.answer(page(3, false)))).isEqualTo(List.of("o4"));
    assertThat(numbers(counterpart.answer(page(1, true)))).isEqualTo(List.of("o4", "o3"));
    assertThat(numbers(counterpart.answer(ask("list", "from", "2026-11-23T01:03:00Z"))))
        .isEqualTo(List.of("o3", "o4"));
  }

  @Test
  void a_row_that_leaves_while_pages_are_read_makes_the_next_ones_move_up() {
    // Given
    fiveOrders();
    counterpart.faults().set(Map.of("shift", 1));

    // When
    counterpart.answer(page(1, false));

    // Then: o2 is now where the first page was.
    Map<String, Object> second = counterpart.answer(page(2, false));
    assertThat(numbers(second)).isEqualTo(List.of("o3", "o4"));
    assertThat(second).containsEntry("total", 4);
  }

  @Test
  void a_cursor_stays_where_it_is_when_a_row_leaves() {
    // Given
    fiveOrders();
    counterpart.faults().set(Map.of("shift", 1));
    Map<String, Object> window = ask("list", "from", FROM, "to", TO, "size", 2);

    // When
    List<Object> seen = new ArrayList<>();
    Object cursor = null;
    do {
      window.put("cursor", cursor);
      Map<String, Object> answer = counterpart.answer(window);
      seen.addAll(numbers(answer));
      cursor = answer.get("cursor");
    } while (cursor != null);

    // Then
    assertThat(seen).isEqualTo(List.of("o0", "o1", "o2", "o3", "o4"));
  }

  @Test
  void a_late_row_is_seen_the_next_time() {
    fiveOrders();
    counterpart.faults().set(Map.of("late-row", 1));
    assertThat(counterpart.answer(page(1, false))).containsEntry("total", 4);
    assertThat(counterpart.answer(page(1, false))).containsEntry("total", 5);
  }

  @Test
  void a_message_is_told_as_delivered_once_and_kept_among_those_that_were_sent() {
    counterpart.answer(ask("send", "order", "N1", "to", "13800138000"));
    counterpart.answer(ask("send", "order", "N1", "to", "13800138000"));

    assertThat(states(counterpart.answer(ask("push")))).isEqualTo(List.of("DELIVERED"));
    assertThat(states(counterpart.answer(ask("take")))).isEmpty();
    assertThat((List<?>) counterpart.answer(ask("sent")).get("sent")).hasSize(1);
    assertThat(counterpart.effects())
        .singleElement()
        .satisfies(e -> assertThat(e).containsEntry("times", 2));
  }

  @Test
  void a_receipt_may_fail_or_never_come_and_to_push_uses_no_fault_up() {
    counterpart.faults().set(Map.of("undelivered", 1, "no-receipt@send", 2, "busy", 1));

    assertThat(states(counterpart.answer(ask("push")))).isEmpty();
    assertThat(counterpart.answer(ask("send", "order", "N1"))).containsEntry("fault", "busy");
    counterpart.answer(ask("send", "order", "N1"));
    counterpart.answer(ask("send", "order", "N2"));
    counterpart.answer(ask("send", "order", "N3"));

    assertThat(states(counterpart.answer(ask("push")))).isEqualTo(List.of("DELIVERED"));
    assertThat(counterpart.faults().left()).isEmpty();
  }

  private static List<?> states(Map<String, Object> answer) {
    return ((List<?>) answer.get("receipts"))
        .stream().map(receipt -> ((Map<?, ?>) receipt).get("state")).toList();
  }

  @Test
  void what_is_written_twice_is_done_once() {
    // Given
    fiveOrders();
    Map<String, Object> ship = ask("ship", "order", "o1", "tracking", "SF1", "carrier", "SF");

    // Then
    assertThat(counterpart.answer(ship)).doesNotContainKey("fault");
    assertThat(counterpart.answer(ship)).containsEntry("fault", "already-shipped");
    assertThat(counterpart.effects())
        .singleElement()
        .satisfies(e -> assertThat(e).containsEntry("times", 2).containsEntry("order", "o1"));
    assertThat(counterpart.answer(ask("detail", "order", "o1")).get("orders"))
        .asString()
        .contains("SHIPPED", "SF1");
  }

  @Test
  void an_order_that_somebody_else_shipped_is_already_shipped() {
    fiveOrders();
    counterpart.put(List.of(Map.of("number", "o1", "tracking", "OTHER")));
    assertThat(counterpart.answer(ask("ship", "order", "o1", "tracking", "SF1")))
        .containsEntry("fault", "already-shipped");
    assertThat(counterpart.effects()).isEmpty();
  }

  @Test
  void what_it_shows_lags_behind_what_it_was_told() {
    fiveOrders();
    counterpart.answer(ask("ship", "order", "o1", "tracking", "SF1"));
    counterpart.faults().set(Map.of("late-echo", 1));
    assertThat(counterpart.answer(ask("detail", "order", "o1")).get("orders"))
        .asString()
        .contains("PAID")
        .doesNotContain("SF1");
    assertThat(counterpart.answer(ask("detail", "order", "o1")).get("orders"))
        .asString()
        .contains("SHIPPED");
  }

  @Test
  void a_token_that_ended_is_refused_until_it_is_renewed_and_renewals_are_counted() {
    // Given
    counterpart.faults().set(Map.of("expired-token", 1));
    assertThat(counterpart.answer(ask("list", "token", "first")))
        .containsEntry("fault", "expired-token");
    assertThat(counterpart.answer(ask("list", "token", "first")))
        .containsEntry("fault", "expired-token");

    // When
    Map<?, ?> made = (Map<?, ?>) counterpart.answer(ask("token")).get("token");

    // Then
    assertThat(counterpart.answer(ask("list", "token", made.get("access"))))
        .doesNotContainKey("fault");
    assertThat(counterpart.effects()).singleElement().extracting("times").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limited", "busy", "refused", "no-bill", "anything"})
  void a_word_is_answered_so_often_as_it_was_switched_on(String word) {
    counterpart.faults().set(Map.of(word, 2));
    assertThat(counterpart.answer(ask("list"))).containsEntry("fault", word).containsKey("wait");
    assertThat(counterpart.answer(ask("ship", "order", "o1"))).containsEntry("fault", word);
    assertThat(counterpart.answer(ask("list"))).doesNotContainKey("fault");
    assertThat(counterpart.effects()).isEmpty();
  }

  @Test
  void a_fault_may_wait_for_one_question() {
    counterpart.faults().set(Map.of("busy@ship", 1));
    assertThat(counterpart.answer(ask("list"))).doesNotContainKey("fault");
    assertThat(counterpart.answer(ask("ship", "order", "o1"))).containsEntry("fault", "busy");
    assertThat(counterpart.faults().left()).isEmpty();
  }

  @Test
  void what_is_acknowledged_does_not_come_again() {
    counterpart.add("shipments", List.of(Map.of("id", "1"), Map.of("id", "2")));
    assertThat((List<?>) counterpart.answer(ask("lease")).get("shipments")).hasSize(2);
    assertThat((List<?>) counterpart.answer(ask("lease")).get("shipments")).hasSize(2);
    counterpart.answer(ask("ack", "ids", List.of("1")));
    assertThat((List<?>) counterpart.answer(ask("lease")).get("shipments"))
        .isEqualTo(List.of(Map.of("id", "2")));
  }

  @Test
  void a_payment_is_found_by_its_order_and_a_refund_with_its_payment() {
    // Given
    counterpart.add("payments", List.of(Map.of("id", "p1", "order", "o1")));
    counterpart.add("refunds", List.of(Map.of("id", "r1", "order", "o1")));

    // Then
    assertThat(counterpart.answer(ask("query", "order", "o1")))
        .containsEntry("payment", Map.of("id", "p1", "order", "o1"));
    assertThat(counterpart.answer(ask("refund-query", "refund", "r1")))
        .containsEntry("payment", Map.of("id", "p1", "order", "o1"))
        .containsEntry("refund", Map.of("id", "r1", "order", "o1"));
    assertThat(counterpart.answer(ask("query", "order", "o2"))).containsEntry("fault", "unknown");
  }

  @Test
  void the_file_of_a_bill_is_behind_its_link() {
    // Given
    counterpart.add("bill-trade", List.of(Map.of("day", "2026-11-20", "fee", "1.00")));
    Map<String, Object> wanted = ask("bill-link", "kind", "trade", "day", "2026-11-20");

    // When
    Map<String, Object> link = counterpart.answer(wanted);

    // Then
    assertThat(counterpart.answer(ask("bill-file", "token", link.get("link"))).get("rows"))
        .isEqualTo(List.of(Map.of("day", "2026-11-20", "fee", "1.00")));
    assertThat(counterpart.answer(ask("bill-file", "token", "other")))
        .containsEntry("fault", "link-expired");
    wanted.put("day", "2026-11-21");
    assertThat(counterpart.answer(wanted)).containsEntry("fault", "no-bill");
  }

  @Test
  void a_saved_order_is_known_and_submitted() {
    counterpart.answer(ask("save", "order", "demo-1"));
    counterpart.answer(ask("submit", "order", "demo-1"));
    assertThat(counterpart.orders())
        .singleElement()
        .satisfies(order -> assertThat(order).containsEntry("status", "ACCEPTED"));
  }
}
