package io.orderbridge.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Times and days as callers of the API write them. */
final class Asked {
  private Asked() {}

  record Period(Instant from, Instant to) {}

  /** A day in the zone of the source. */
  static Period period(Source source, LocalDate day) {
    return new Period(
        day.atStartOfDay(source.zone()).toInstant(),
        day.plusDays(1).atStartOfDay(source.zone()).toInstant());
  }

  /**
   * @throws IllegalArgumentException that names the parameter
   */
  static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(String.valueOf(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no day such as 2026-11-20".formatted(name), e);
    }
  }

  /**
   * @param otherwise what is meant when nothing is written; null when something has to be
   * @throws IllegalArgumentException that names the parameter
   */
  static Instant time(String name, String text, Instant otherwise) {
    if (text == null && otherwise != null) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(String.valueOf(text)).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no time with offset such as 2026-11-20T10:00:00+08:00".formatted(name), e);
    }
  }
}
