package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Days, ISO weeks and months. */
@Tag("R66")
class PeriodTest {
  @Test
  void a_week_begins_on_monday_and_belongs_to_the_year_of_its_thursday() {
    Period week = Every.WEEK.of(LocalDate.of(2027, 1, 1));

    assertThat(week.from()).isEqualTo(LocalDate.of(2026, 12, 28));
    assertThat(week.to()).isEqualTo(LocalDate.of(2027, 1, 4));
    assertThat(week.key()).isEqualTo("2026-W53");
    assertThat(week.month()).isEqualTo(YearMonth.of(2026, 12));
    assertThat(week.back(-1).key()).isEqualTo("2027-W01");
  }

  @Test
  void a_key_is_read_as_it_is_written() {
    for (Every every : Every.values()) {
      Period period = every.of(LocalDate.of(2026, 11, 20));
      assertThat(Period.read(every, period.key())).contains(period);
      assertThat(Period.read(every, "2026-11-20T")).isEmpty();
    }
    assertThat(Period.read(Every.WEEK, "2026-11-20")).isEmpty();
  }

  @Test
  void every_day_and_week_counts_for_one_month() {
    assertThat(HealthScores.periods(Every.DAY, YearMonth.of(2026, 2))).hasSize(28);
    assertThat(HealthScores.periods(Every.MONTH, YearMonth.of(2026, 2))).hasSize(1);
    assertThat(HealthScores.periods(Every.WEEK, YearMonth.of(2026, 12)))
        .extracting(Period::key)
        .containsExactly("2026-W49", "2026-W50", "2026-W51", "2026-W52", "2026-W53");
    assertThat(HealthScores.periods(Every.WEEK, YearMonth.of(2027, 1)).get(0).key())
        .isEqualTo("2027-W01");
  }
}
