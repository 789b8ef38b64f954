package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.monthend.Said.Kind;
import io.orderbridge.rows.Rows;
import io.orderbridge.rows.Table;
import io.orderbridge.runtime.DescribedBooks;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of the case are those that the shipped connection files describe. */
@Tag("R43")
class MonthFilesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final Month MONTH = new Month(new Month.Size(FIRST, 10, 5, 1, 1));

  @ParameterizedTest
  @EnumSource
  void every_row_of_every_file_is_read(Platform platform) {
    for (LocalDate day = FIRST; !day.isAfter(MONTH.size.end()); day = day.plusDays(1)) {
      var orders = MONTH.orders(platform, day);
      if (platform != Platform.MINI_SHOP) {
        Rows.Result listed = Rows.read(table(platform.orders), OrderFiles.of(platform, orders));
        assertThat(listed.refused()).isEmpty();
        assertThat(listed.rows())
            .hasSize(orders.stream().mapToInt(order -> order.items().size()).sum());
      }
      var money = MONTH.money(platform, day);
      Rows.Result paid = Rows.read(table(platform.money), MoneyFiles.of(platform, day, money));
      assertThat(paid.refused()).isEmpty();
      assertThat(paid.rows().size()).isGreaterThanOrEqualTo(money.size());
    }
    assertThat(MONTH.money).anyMatch(row -> row.kind() == Kind.REFUND);
  }

  @ParameterizedTest
  @EnumSource
  void the_same_seed_makes_the_same_month(Platform platform) {
    Month again = new Month(MONTH.size);
    assertThat(again.orders(platform, FIRST)).isEqualTo(MONTH.orders(platform, FIRST));
    assertThat(new Month(new Month.Size(FIRST, 10, 5, 1, 2)).orders).isNotEqualTo(MONTH.orders);
  }

  private static Table table(String book) {
    return DescribedBooks.shipped(book.substring(0, book.indexOf('/'))).tables().stream()
        .filter(table -> table.name().equals(book))
        .findFirst()
        .orElseThrow();
  }
}
