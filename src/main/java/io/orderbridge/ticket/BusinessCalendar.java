package io.orderbridge.ticket;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * On which days people work. A make-up day (调休上班) beats a holiday, a holiday beats the week.
 *
 * @param zone in which a day begins and ends
 * @param dayEnds the time of the day until which something that is due on a day may be done
 * @param rest days of the week without work, not all seven
 * @param holidays days without work
 * @param workdays days with work although the week or a holiday says otherwise
 */
public record BusinessCalendar(
    ZoneId zone,
    LocalTime dayEnds,
    Set<DayOfWeek> rest,
    Set<LocalDate> holidays,
    Set<LocalDate> workdays) {
  /** Monday to Friday until 18:00 in China, without holidays. */
  public static final BusinessCalendar DEFAULT =
      new BusinessCalendar(
          ZoneId.of("Asia/Shanghai"),
          LocalTime.of(18, 0),
          Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
          Set.of(),
          Set.of());

  public BusinessCalendar {
    if (rest.size() == DayOfWeek.values().length) {
      throw new IllegalArgumentException("every day of the week is a rest day");
    }
    rest = Set.copyOf(rest);
    holidays = Set.copyOf(holidays);
    workdays = Set.copyOf(workdays);
  }

  /** Whether people work on this day. */
  public boolean isBusinessDay(LocalDate day) {
    return workdays.contains(day) || !holidays.contains(day) && !rest.contains(day.getDayOfWeek());
  }

  /**
   * The end of the n-th business day after the day of {@code from}: what comes in on a Friday, at
   * whatever time, is due in one business day at the end of Monday.
   */
  public Instant endOfDay(Instant from, int businessDays) {
    LocalDate day = LocalDate.ofInstant(from, zone);
    for (int left = businessDays; left > 0; left--) {
      do {
        day = day.plusDays(1);
      } while (!isBusinessDay(day));
    }
    return ZonedDateTime.of(day, dayEnds, zone).toInstant();
  }

  /**
   * From when on something is at most so many business days old. The day on which it began does not
   * count, today does: what began on Friday is one day old on Monday.
   */
  Instant agedAtMost(int businessDays, Instant now) {
    LocalDate day = LocalDate.ofInstant(now, zone);
    int age = 0;
    while (true) {
      // What began the day before is older by this day.
      age += isBusinessDay(day) ? 1 : 0;
      if (age > businessDays) {
        return day.atStartOfDay(zone).toInstant();
      }
      day = day.minusDays(1);
    }
  }
}
