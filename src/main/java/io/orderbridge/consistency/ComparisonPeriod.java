package io.orderbridge.consistency;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Which orders a run compares: those created in it.
 *
 * @param day on which it was asked for
 */
record ComparisonPeriod(String system, LocalDate day, Instant from, Instant to) {

  /** The last days of a pair, today included. */
  static ComparisonPeriod last(ComparisonPair pair, int days, Instant now) {
    LocalDate day = LocalDate.ofInstant(now, pair.zone());
    return new ComparisonPeriod(
        pair.system(), day, day.minusDays(days).atStartOfDay(pair.zone()).toInstant(), now);
  }

  /**
   * A period that a person names.
   *
   * @param from a day in the zone of the pair, or a time with offset
   * @param to the same; a day is meant whole
   * @throws IllegalArgumentException that names what is wrong
   */
  static ComparisonPeriod of(ComparisonPair pair, String from, String to, Instant now) {
    Instant begin = time("from", from, pair, 0);
    Instant end = time("to", to, pair, 1);
    if (!begin.isBefore(end)) {
      throw new IllegalArgumentException("'from' is not before 'to'");
    }
    return new ComparisonPeriod(
        pair.system(), LocalDate.ofInstant(now, pair.zone()), begin, end.isAfter(now) ? now : end);
  }

  private static Instant time(String name, String text, ComparisonPair pair, int daysAfter) {
    try {
      return text != null && text.length() == "2026-11-20".length()
          ? LocalDate.parse(text).plusDays(daysAfter).atStartOfDay(pair.zone()).toInstant()
          : OffsetDateTime.parse(String.valueOf(text)).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no day such as 2026-11-20 and no time with offset such as %s"
              .formatted(name, "2026-11-20T10:00:00+08:00"),
          e);
    }
  }
}
