package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.reconciliation.Nights;
import io.orderbridge.reconciliation.Run;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Six platforms, a month, their files: the books are reconciled without a hand. */
class MonthEndDbTest {
  private static final Path RULES = Path.of("src/test/resources/monthend");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

  private final Nights nights = new Nights();

  @AfterEach
  void end() {
    nights.close();
  }

  @Test
  @Tag("R44")
  @Tag("R49")
  void every_planted_difference_of_the_month_is_found_and_nothing_else() {
    Month month =
        new Month(
            new Month.Size(FIRST, 30, Integer.getInteger("month.orders", 20), 2, 20_261_101L));
    Rates rates = new Rates(FIRST, month.size.end());
    Truth truth = Planting.plant(month, rates);
    reconcile(Planting.BY_KEY, Planting.ONE_BY_ONE);
    Files files = new Files(nights, month, rates);
    for (LocalDate day = FIRST; !day.isAfter(month.size.last()); day = day.plusDays(1)) {
      for (String time : List.of("02:00", "10:00", "15:00")) {
        files.arrive(day, LocalTime.parse(time));
      }
    }
    assertThat(nights.rows("select snapshot || ':' || line || ' ' || why from books.aside"))
        .isEmpty();

    for (String name : List.of(Planting.BY_KEY, Planting.ONE_BY_ONE)) {
      Run run = nights.night(name, month.size.last(), Files.at(month.size.end(), "02:00"));
      assertThat(run.isFinal()).isTrue();
      assertThat(found(name, run)).isEqualTo(truth.lines(name));
    }
  }

  /** Class and gap of every item that is not simply the same. */
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

  private void reconcile(String... names) {
    for (String name : names) {
      nights.reconcile(RULES.resolve(name + ".yaml"));
    }
  }
}
