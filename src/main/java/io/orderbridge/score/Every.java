package io.orderbridge.score;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long the periods of a metric are; weeks are those of ISO 8601. */
public enum Every {
  DAY(ChronoUnit.DAYS),
  WEEK(ChronoUnit.WEEKS),
  MONTH(ChronoUnit.MONTHS);

  private final ChronoUnit unit;

  Every(ChronoUnit unit) {
    this.unit = unit;
  }

  /** The period that a day belongs to. */
  Period of(LocalDate day) {
    LocalDate from =
        switch (this) {
          case DAY -> day;
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
        };
    return new Period(this, from);
  }

  ChronoUnit unit() {
    return unit;
  }
}
