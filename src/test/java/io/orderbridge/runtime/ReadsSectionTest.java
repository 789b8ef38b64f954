package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.schedule.Source;
import io.orderbridge.schedule.Source.Daily;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Order;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R42")
class ReadsSectionTest {
  @Test
  void every_key_is_taken() {
    // When
    List<Source> sources =
        read("""
        reads:
          orders:
            every: 15m
            overlap: 5m
            behind: 3m
            back: 48h
            zone: Asia/Shanghai
            pages: {order: last-first, size: 50, first: 0, items: /r/list, total: /r/n, more: /r/m}
            item: {id: /tid, version: /modified, kind: /type}
            kind: order
            pushed: true
            into: shop/all
            retry: {after: [1s, 2s]}
            late: 30m
          bill:
            daily:
              {due: "10:00", days-after: 2, back: 3, rest: [SAT, SUN], holidays: ["2026-10-01"]}
            pages: {order: whole}
            kind: trade-bill
          payouts:
            every: 6h
            pages: {order: cursor, items: "", more: /has_more}
            item: {id: /id, kind: payout}
        """)
            .connection()
            .orElseThrow()
            .reads();

    // Then
    Source orders = sources.get(0);
    assertThat(orders.key()).isEqualTo("shop/orders");
    assertThat(orders.rhythm())
        .isEqualTo(
            new Every(
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                Duration.ofMinutes(3),
                Duration.ofHours(48)));
    assertThat(orders.pages().order()).isEqualTo(Order.LAST_FIRST);
    assertThat(orders.pages().first()).isZero();
    assertThat(orders.item().kind()).hasToString("/type");
    assertThat(orders.into()).isEqualTo("shop/all");
    assertThat(orders.pushed()).isTrue();
    assertThat(orders.retry()).hasSize(2);
    Daily daily = (Daily) sources.get(1).rhythm();
    assertThat(daily.due()).isEqualTo(LocalTime.of(10, 0));
    assertThat(daily.rest()).containsExactlyInAnyOrder(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    assertThat(daily.holidays()).containsExactly(LocalDate.of(2026, 10, 1));
    assertThat(sources.get(1).kind()).isEqualTo("trade-bill");
    assertThat(sources.get(1).into()).isEqualTo("shop/bill");
    assertThat(sources.get(2).pages().byLastItem()).isTrue();
    assertThat(sources.get(2).kind()).isEqualTo("payout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{pages: {order: whole}} | needs either 'every' or 'daily'",
        "{every: 1h, daily: {due: '10:00'}, pages: {order: whole}} | and not both",
        "{every: 7m, pages: {order: whole}} | a length that divides a day",
        "{every: 2d, pages: {order: whole}} | a length that divides a day",
        "{every: 1h, back: 401d, pages: {order: whole}} | at most 400d",
        "{every: 1h, zone: Peking, pages: {order: whole}} | a zone such as Asia/Shanghai",
        "{daily: {}, pages: {order: whole}} | 'daily' has no 'due'",
        "{daily: {due: ten}, pages: {order: whole}} | a time of the day such as \"10:00\"",
        "{daily: {due: '10:00', rest: [Sunday]}, pages: {order: whole}} | one of FRI, MON",
        "{daily: {due: '10:00', holidays: [soon]}, pages: {order: whole}} | \"2026-10-01\"",
        "{daily: {due: '10:00'}, behind: 5m, pages: {order: whole}} | belongs to 'every'",
        "{every: 1h} | has no 'pages'",
        "{every: 1h, pages: {size: 5}} | 'pages' has no 'order'",
        "{every: 1h, pages: {order: up}} | one of cursor, first-last",
        "{every: 1h, pages: {order: last-first, items: /a}} | 'pages' has no 'total'",
        "{every: 1h, pages: {order: offset}} | 'pages' has no 'items'",
        "{every: 1h, pages: {order: offset, items: a}} | a JSON pointer such as",
        "{every: 1h, pages: {order: offset, items: /a, cursor: /b}} | belongs to 'order: cursor'",
        "{every: 1h, pages: {order: offset, items: /a, size: 0}} | a whole number from 1",
        "{every: 1h, pages: {order: offset, items: /a}} | has no 'item'",
        "{every: 1h, pages: {order: offset, items: /a}, item: {version: /v}} | 'item' has no 'id'",
        "{every: 1h, pages: {order: cursor, items: /a}, item: {id: hash}} | not hash",
        "{every: 1h, pages: {order: whole, items: /a}} | has no meaning for 'order: whole'",
        "{every: 1h, pages: {order: whole}, pushed: true} | only orders are recovered",
        "{daily: {due: '1:00'}, pages: {order: queue, items: /a}, item: {id: /b}} | has no days",
        "{every: 1h, pages: {order: whole}, into: other/x} | a stream of this connection: shop/",
        "{every: 1h, pages: {order: whole}, retry: {after: []}} | 'retry.after' is empty",
        "{every: 1h, pages: {order: whole}, evrey: 1h} | unknown key 'evrey' in 'reads.orders'",
      })
  void what_is_wrong_is_refused_with_what_is_allowed(String yaml, String expected) {
    ConnectionFile.Result result = read("reads: {orders: " + yaml + "}");

    assertThat(result.connection()).isEmpty();
    assertThat(result.problems()).extracting(FileProblem::what).anyMatch(w -> w.contains(expected));
  }

  private static ConnectionFile.Result read(String yaml) {
    return new ConnectionFile(Map.<String, String>of()::get, ConnectionFile.milestoneEvents())
        .read(
            "routes/shop/connection.yaml",
            "shop",
            Path.of("."),
            yaml.getBytes(StandardCharsets.UTF_8));
  }
}
