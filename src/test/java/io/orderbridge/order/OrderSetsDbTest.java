package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Sayings.Saying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What stands in columns and rows for joins is what the fold says, whatever came in which order.
 */
class OrderSetsDbTest {
  private static final long SEED = 20_261_129L;
  private static final int ORDERS = 150;

  private final Heart heart = Heart.fresh();
  private final OrderBook book = Books.open(heart, (connection, events) -> {});

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  @Test
  void columns_payments_and_refunds_are_those_of_the_fold() {
    Sayings.own(heart.ownership);
    List<String> expected = new ArrayList<>();
    for (int order = 0; order < ORDERS; order++) {
      OrderKey key = new OrderKey("demo", "%04d".formatted(order));
      Sayings sayings = new Sayings(new Random(SEED + order));
      List<Saying> said = sayings.about(key);
      for (Saying saying : sayings.arrivals(said)) {
        book.record(Books.mapped(saying.facts()), saying.system(), null, null).join();
      }
      expected.add(shown(key, Sayings.fold(said)));
    }

    assertThat(rows()).containsExactlyElementsOf(expected);
  }

  private String shown(OrderKey key, OrderState state) {
    OrderColumns columns = OrderColumns.of(state, new OrderView(state, heart.ownership));
    List<String> payments = new ArrayList<>();
    state
        .payments()
        .forEach((id, p) -> payments.add("%s %s %s".formatted(id, p.amount(), seconds(p.at()))));
    List<String> refunds = new ArrayList<>();
    state
        .refunds()
        .forEach((id, r) -> refunds.add(id + " " + OrderView.last(r).getKey() + " " + r.amount()));
    return "%s %s %s %s %s %s | %s | %s"
        .formatted(
            key.number(),
            columns.status(),
            columns.total() == null ? "" : columns.total().toPlainString(),
            seconds(columns.createdOn()),
            seconds(columns.paidOn()),
            seconds(columns.since()),
            String.join(",", payments),
            String.join(",", refunds));
  }

  private List<String> rows() {
    return heart.texts(
        """
        select concat_ws(' ', number, status, coalesce(total::text, ''),
                         coalesce(extract(epoch from created_on)::bigint::text, '-'),
                         coalesce(extract(epoch from paid_on)::bigint::text, '-'),
                         coalesce(extract(epoch from since)::bigint::text, '-'), '|',
                         (select coalesce(string_agg(concat_ws(' ', payment_id, amount,
                                   extract(epoch from paid_at)::bigint), ','
                                   order by payment_id collate "C"), '')
                            from order_payment p where p.order_id = o.id), '|',
                         (select coalesce(string_agg(concat(refund_id, ' ', status, ' ', amount),
                                   ',' order by refund_id collate "C"), '')
                            from order_refund r where r.order_id = o.id))
          from customer_order o order by number\
        """);
  }

  private static String seconds(Instant at) {
    return at == null ? "-" : String.valueOf(at.getEpochSecond());
  }

  private static String seconds(long millis) {
    return seconds(Instant.ofEpochMilli(millis));
  }
}
