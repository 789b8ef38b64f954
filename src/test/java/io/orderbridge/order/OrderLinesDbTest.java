package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.books.Books;
import io.orderbridge.books.OwnBooks;
import io.orderbridge.books.Snapshot;
import io.orderbridge.outbox.Owing;
import io.orderbridge.runtime.OrderBooksOf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the order book knows of a day, as a book beside those of others. */
@Tag("R37")
@Tag("R47")
class OrderLinesDbTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Instant NIGHT = Instant.parse("2026-11-20T18:00:00Z");

  private final Heart heart = Heart.fresh();
  private final OrderBook book = io.orderbridge.order.Books.open(heart, Owing.debts(heart));
  private final Books books = new Books(name -> Optional.empty());
  private final OwnBooks own =
      new OwnBooks(
          heart.database,
          books,
          OrderBooksOf.shanghai(new OrderLines(heart.database, heart.ownership)));

  @AfterEach
  void end() {
    book.close();
    heart.close();
  }

  @Test
  void an_order_is_its_lines_with_their_shares_of_what_it_costs_and_a_refund_is_below_zero() {
    paid("1", "2026-11-20T10:00:00+08:00", "199.00");
    refunded("1", "2026-11-20T15:00:00+08:00", "30.00");
    paid("2", "2026-11-19T23:59:59+08:00", "10.00");
    paid("3", "2026-11-20T00:00:00+08:00", "0.01");

    Snapshot taken = own.take(DAY, NIGHT).get(0);

    assertThat(entries(taken))
        .containsExactly(
            "1 PAID 13267 CNY 2 TEA T1 2026-11-20 02:00",
            "1 PAID 6633 CNY 1 CUP T1 2026-11-20 02:00",
            "1 REFUNDED REFUND -3000 CNY R1 2026-11-20 07:00",
            "3 PAID 1 CNY 2 TEA T3 2026-11-19 16:00",
            "3 PAID 0 CNY 1 CUP T3 2026-11-19 16:00");
    assertThat(taken.of().source()).isEqualTo("orderbridge/orders");
    assertThat(taken.sums().aside()).isZero();
  }

  @Test
  void what_left_is_counted_on_the_day_of_its_first_parcel_and_the_same_again_is_no_version() {
    paid("1", "2026-11-18T10:00:00+08:00", "199.00");
    record(
        Map.of(
            "order", Map.of("shop", "demo", "number", "1"),
            "facts",
                List.of(
                    scanned("P1", "2026-11-20T12:00:00+08:00"),
                    scanned("P2", "2026-11-21T12:00:00+08:00"))));

    Snapshot taken = own.take(DAY, NIGHT).get(1);
    Snapshot again = own.take(null, NIGHT.plusSeconds(60)).get(1);

    assertThat(taken.sums().entries()).isEqualTo(2);
    assertThat(
            heart.texts(
                "select concat_ws(' ', key, quantity, sku, amount) from books.entry_%d"
                        .formatted(taken.id())
                    + " order by place"))
        .containsExactly("1 2 TEA", "1 1 CUP");
    assertThat(again).isEqualTo(taken);
    assertThat(own.take(DAY.plusDays(1), NIGHT).get(1).sums().entries()).isZero();
  }

  @Test
  void an_order_that_changes_afterwards_leaves_the_snapshot_as_it_was() {
    paid("1", "2026-11-20T10:00:00+08:00", "199.00");
    Snapshot taken = own.take(DAY, NIGHT).get(0);

    refunded("1", "2026-11-20T23:00:00+08:00", "199.00");
    Snapshot later = own.take(DAY, NIGHT.plusSeconds(60)).get(0);

    assertThat(later.version()).isEqualTo(2);
    assertThat(entries(taken)).hasSize(2);
    assertThat(entries(later)).hasSize(3);
  }

  private static Map<String, Object> scanned(String parcel, String at) {
    return Map.of("milestone", "OUTBOUND_SCANNED", "at", at, "parcel", parcel);
  }

  private void paid(String number, String at, String total) {
    record(
        Map.of(
            "order", Map.of("shop", "demo", "number", number),
            "version", at,
            "facts",
                List.of(
                    Map.of("milestone", "CREATED", "at", at),
                    Map.of(
                        "milestone",
                        "PAID",
                        "at",
                        at,
                        "payment",
                        Map.of("id", "T" + number, "amount", total, "currency", "CNY"))),
            "details",
                Map.of(
                    "currency",
                    "CNY",
                    "total",
                    total,
                    "lines",
                    List.of(
                        Map.of("id", "1", "sku", "TEA", "quantity", 2, "price", "99.50"),
                        Map.of("id", "2", "sku", "CUP", "quantity", 1, "price", "99.50")))));
  }

  private void refunded(String number, String at, String amount) {
    record(
        Map.of(
            "order", Map.of("shop", "demo", "number", number),
            "facts",
                List.of(
                    Map.of(
                        "at",
                        at,
                        "refund",
                        Map.of(
                            "id",
                            "R" + number,
                            "status",
                            "REFUNDED",
                            "amount",
                            amount,
                            "currency",
                            "CNY")))));
  }

  private void record(Map<String, Object> facts) {
    book.record(facts, "demo", null, null).join();
  }

  private List<String> entries(Snapshot snapshot) {
    return heart.texts(
        """
        select concat_ws(' ', key, status, kind, amount, currency, quantity, nullif(sku, ''), ref,
                         to_char(paid_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
          from books.entry_%d order by place\
        """
            .formatted(snapshot.id()));
  }
}
