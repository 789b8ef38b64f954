package io.orderbridge.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something may take: {@code 30m}, {@code 4h}, {@code 2 business days}. */
public sealed interface Term {
  /** When it is over, when it begins at {@code from}. */
  Instant after(Instant from, BusinessCalendar calendar);

  /** By the clock, nights and rest days included: for what cannot wait. */
  record Hours(Duration time) implements Term {
    @Override
    public Instant after(Instant from, BusinessCalendar calendar) {
      return from.plus(time);
    }

    @Override
    public String toString() {
      return time.toMinutes() % 60 == 0 ? time.toHours() + "h" : time.toMinutes() + "m";
    }
  }

  /** To the end of the n-th business day after the day of the begin. */
  record BusinessDays(int days) implements Term {
    @Override
    public Instant after(Instant from, BusinessCalendar calendar) {
      return calendar.endOfDay(from, days);
    }

    @Override
    public String toString() {
      return days == 1 ? "1 business day" : days + " business days";
    }
  }

  /**
   * Reads a term.
   *
   * @throws IllegalArgumentException "is 'x', expected ..."
   */
  static Term parse(String text) {
    Matcher parts = Notation.TERM.matcher(text);
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      String unit = parts.group(2);
      if (unit.startsWith(" ")) {
        if (number >= 1 && number <= Notation.DAYS_MAX) {
          return new BusinessDays((int) number);
        }
      } else {
        Duration time = unit.equals("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
        if (!time.isZero() && time.compareTo(Notation.HOURS_MAX) <= 0) {
          return new Hours(time);
        }
      }
    }
    throw new IllegalArgumentException(
        "is '%s', expected 30m, 4h, 1 business day, 2 business days, to 2000h and 250 business days"
            .formatted(text));
  }

  /** How a term is written. */
  final class Notation {
    // About a year of work: what is due later is no task.
    private static final int DAYS_MAX = 250;
    private static final Duration HOURS_MAX = Duration.ofHours(2_000);
    private static final Pattern TERM = Pattern.compile("(\\d{1,6})(m|h| business days?)");

    private Notation() {}
  }
}
