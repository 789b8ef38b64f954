package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.reconciliation.Nights;
import io.orderbridge.reconciliation.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Six platforms, a month, their files: the books are reconciled without a hand. */
class MonthEndDbTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Path RULES = Path.of("src/test/resources/monthend");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final Month.Size SIZE =
      new Month.Size(
          FIRST,
          Integer.getInteger("month.days", 30),
          Integer.getInteger("month.orders", 20),
          2,
          20_261_101L);

  private final Nights nights = new Nights();
  private final Month month = new Month(SIZE);
  private final Rates rates = new Rates(FIRST, SIZE.end());
  private final Truth truth = Planting.plant(month, rates);

  @AfterEach
  void end() {
    nights.close();
  }

  @Test
  @Tag("R49")
  void every_planted_difference_of_the_month_is_found_and_nothing_else() {
    connect();
    nights.reconcile(RULES.resolve("month-platforms.yaml"));
    nights.reconcile(RULES.resolve("month-mini-shop.yaml"));
    for (LocalDate day = FIRST.minusDays(7); day.isBefore(FIRST); day = day.plusDays(1)) {
      nights.rates(rates.told(day), at(day, "17:00"));
    }
    for (LocalDate day = FIRST; !day.isAfter(SIZE.last()); day = day.plusDays(1)) {
      nights.rates(rates.told(day), at(day, "17:00"));
      for (Platform platform : Platform.values()) {
        orders(platform, day);
        money(platform, day);
      }
    }
    assertThat(nights.rows("select snapshot || ':' || line || ' ' || why from books.aside"))
        .isEmpty();

    for (String name : List.of(Planting.BY_KEY, Planting.ONE_BY_ONE)) {
      Run run = nights.night(name, SIZE.last(), at(SIZE.end(), "02:00"));
      assertThat(run.isFinal()).isTrue();
      assertThat(found(name, run)).isEqualTo(truth.lines(name));
    }
  }

  private List<String> found(String name, Run run) {
    return nights
        .rows(
            ("select concat_ws(',', '%s', key, class, coalesce(left_amount, 0)"
                    + " - coalesce(right_amount, 0)) from books.item where run = %d and outcome in"
                    + " ('BREAK', 'TOLERATED')")
                .formatted(name, run.id()))
        .stream()
        .sorted()
        .toList();
  }

  private void connect() {
    for (Platform platform : Platform.values()) {
      nights.connect(platform.orders.split("/")[0]);
      nights.connect(platform.money.split("/")[0]);
    }
    nights.due("taobao-files/settlement", LocalTime.of(10, 0));
  }

  private void orders(Platform platform, LocalDate day) {
    Instant now = at(day.plusDays(1), "02:00");
    var orders = month.orders(platform, day);
    if (platform == Platform.MINI_SHOP) {
      nights.take(platform.orders, day, orders.stream().flatMap(this::rows).toList(), now);
    } else {
      nights.take(platform.orders, day, OrderFiles.of(platform, orders), now);
    }
  }

  private java.util.stream.Stream<?> rows(Said.Order order) {
    Object rows =
        nights
            .mappings("mini-shop")
            .apply("mini-shop/rows", MiniShop.order(order), java.util.Map.of());
    return ((List<?>) rows).stream();
  }

  private void money(Platform platform, LocalDate day) {
    byte[] file = MoneyFiles.of(platform, day, month.money(platform, day));
    nights.take(platform.money, day, file, at(day.plusDays(1), "02:00"));
  }

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(SHANGHAI).toInstant();
  }
}
