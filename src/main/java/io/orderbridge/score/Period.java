package io.orderbridge.score;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Optional;

/**
 * A day, an ISO week or a month.
 *
 * @param from its first day
 */
record Period(Every every, LocalDate from) {
  // The week belongs to the month of its Thursday, as it belongs to the year of it.
  private static final int THURSDAY = 3;

  /** The first day after it. */
  LocalDate to() {
    return from.plus(1, every.unit());
  }

  /** The period so many before; a negative number goes ahead. */
  Period back(int periods) {
    return new Period(every, from.minus(periods, every.unit()));
  }

  /** The month that it counts for. */
  YearMonth month() {
    return YearMonth.from(every == Every.WEEK ? from.plusDays(THURSDAY) : from);
  }

  /** The period of a key; empty when it is none of this length. */
  static Optional<Period> read(Every every, String key) {
    try {
      LocalDate day =
          switch (every) {
            case DAY -> LocalDate.parse(key);
            case WEEK -> LocalDate.parse(key + "-1", DateTimeFormatter.ISO_WEEK_DATE);
            case MONTH -> YearMonth.parse(key).atDay(1);
          };
      return Optional.of(every.of(day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 2026-11-20}, {@code 2026-W47} or {@code 2026-11}. */
  String key() {
    return switch (every) {
      case DAY -> from.toString();
      case WEEK ->
          "%d-W%02d"
              .formatted(
                  from.get(IsoFields.WEEK_BASED_YEAR), from.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case MONTH -> YearMonth.from(from).toString();
    };
  }
}
