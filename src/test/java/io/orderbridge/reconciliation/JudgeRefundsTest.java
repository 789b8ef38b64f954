package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.books.Tolerance;
import io.orderbridge.reconciliation.Reconciliation.Tally;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred refunds, booked in three styles, are the same hundred refunds. */
@Tag("R35")
class JudgeRefundsTest {
  private static final long SEED = 20_261_131L;
  private static final int ORDERS = 100;
  private static final LocalDate NEXT_MONTH = LocalDate.of(2026, 11, 2);

  private final Random random = new Random(SEED);

  private enum Style {
    /** The row of the order was lowered. */
    LOWERED,
    /** The row of the order has its refund as a further amount. */
    OFFSET,
    /** The refund is a document of its own. */
    DOCUMENT
  }

  private record Order(String key, long paid, long refunded) {
    List<Line> in(boolean left, Style style) {
      int place = 8 * Integer.parseInt(key.substring(1));
      if (style == Style.LOWERED) {
        return List.of(draft(left, place).fen(paid - refunded).line());
      }
      int refund = style == Style.OFFSET ? place + 1 : 8 * 1_000 + place;
      return List.of(
          draft(left, place).fen(paid).line(),
          draft(left, refund).kind(EntryKind.REFUND).fen(-refunded).line());
    }

    Court.Draft draft(boolean left, int place) {
      return (left ? Court.left(key) : Court.right(key)).place(place);
    }
  }

  private List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    for (int i = 1; i <= ORDERS; i++) {
      long paid = 100 + random.nextInt(100_000);
      orders.add(new Order("R" + i, paid, 1 + random.nextInt((int) paid)));
    }
    return orders;
  }

  private static Court exact(Tally tally) {
    Court court = new Court();
    court.tally = tally;
    court.tolerance = Tolerance.NONE;
    return court;
  }

  @Test
  void the_net_of_an_order_is_the_same_in_every_style() {
    JudgeMeasure measure = new JudgeMeasure(false);
    for (Order order : orders()) {
      for (Style style : Style.values()) {
        assertThat(Refunds.of(measure, order.in(true, style)).net())
            .as("%s %s", order, style)
            .isEqualTo(order.paid() - order.refunded());
      }
    }
  }

  @Test
  void two_books_agree_in_whatever_styles_they_are() {
    List<Order> orders = orders();
    for (Tally tally : Tally.values()) {
      for (Style left : Style.values()) {
        for (Style right : Style.values()) {
          List<Line> lines = new ArrayList<>();
          orders.forEach(order -> lines.addAll(order.in(true, left)));
          orders.forEach(order -> lines.addAll(order.in(false, right)));

          assertThat(exact(tally).judge(lines))
              .as("%s: %s against %s", tally, left, right)
              .allSatisfy(item -> assertThat(item.kind()).isEqualTo(BreakClass.MATCHED));
        }
      }
    }
  }

  @Test
  void a_refund_that_one_book_lacks_is_returned_and_not_offset_and_counts_once() {
    for (Style style : List.of(Style.OFFSET, Style.DOCUMENT)) {
      List<Order> orders = orders();
      List<Line> lines = new ArrayList<>();
      orders.forEach(order -> lines.addAll(order.in(true, style)));
      orders.forEach(order -> lines.add(order.draft(false, 8).fen(order.paid()).line()));

      List<Item> items = exact(Tally.NET).judge(lines);

      assertThat(items)
          .hasSize(ORDERS)
          .allSatisfy(i -> assertThat(i.kind()).isEqualTo(BreakClass.RETURN_NOT_OFFSET));
      assertThat(items.stream().flatMap(i -> i.left().stream()).distinct()).hasSize(2 * ORDERS);
    }
  }

  @Test
  void a_refund_taken_off_twice_is_seen() {
    List<Line> lines = new ArrayList<>();
    for (Order order : orders()) {
      lines.add(order.in(true, Style.LOWERED).get(0));
      lines.add(order.in(true, Style.DOCUMENT).get(1));
      lines.addAll(order.in(false, Style.DOCUMENT));
    }

    assertThat(exact(Tally.NET).judge(lines))
        .hasSize(ORDERS)
        .allSatisfy(item -> assertThat(item.kind()).isEqualTo(BreakClass.DUPLICATE));
  }

  @Test
  void a_refund_of_the_next_month_stays_there_and_is_known_by_its_key() {
    for (Order order : orders()) {
      Line sale = order.draft(true, 8).fen(order.paid()).line();
      Line paid = order.draft(false, 8).fen(order.paid()).line();
      Line refund =
          order
              .draft(true, 16)
              .kind(EntryKind.REFUND)
              .fen(-order.refunded())
              .day(NEXT_MONTH)
              .line();

      List<Item> items = exact(Tally.NET).judge(List.of(sale, paid, refund));

      assertThat(items).extracting(Item::key).containsOnly(order.key());
      assertThat(items)
          .extracting(Item::kind)
          .containsExactlyInAnyOrder(BreakClass.MATCHED, BreakClass.NOT_COUNTED);
      assertThat(items)
          .filteredOn(item -> item.kind() == BreakClass.NOT_COUNTED)
          .allSatisfy(item -> assertThat(item.left()).containsExactly(refund));
    }
  }
}
