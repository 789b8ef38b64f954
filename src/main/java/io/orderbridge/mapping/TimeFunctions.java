package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times in mappings: ISO-8601 with offset and seconds, and what targets want instead. What is
 * absent stays absent.
 */
final class TimeFunctions {
  // Patterns are literals of mapping files; a mapping that computes them must not fill the memory.
  private static final int PATTERNS_KEPT_MAX = 500;

  private static final Map<String, DateTimeFormatter> FORMATS = new ConcurrentHashMap<>();

  private TimeFunctions() {}

  static String time(Object text, Object pattern, Object zone) {
    if (text == null) {
      return null;
    }
    ZoneId place = zone(zone);
    DateTimeFormatter format = format(pattern);
    String given = String.valueOf(text);
    TemporalAccessor read;
    try {
      read = format.parseBest(given, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    } catch (DateTimeException e) {
      throw failed(
          "a text of %d characters does not fit the time pattern '%s'"
              .formatted(given.length(), pattern));
    }
    return iso(at(read, place));
  }

  static String epoch(Object number, Object unit) {
    if (number == null) {
      return null;
    }
    try {
      long count = new BigDecimal(String.valueOf(number)).longValueExact();
      if ("s".equals(unit)) {
        return iso(Instant.ofEpochSecond(count).atOffset(ZoneOffset.UTC));
      }
      if ("ms".equals(unit)) {
        return iso(Instant.ofEpochMilli(count).atOffset(ZoneOffset.UTC));
      }
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw failed("$epoch takes a whole number of seconds or milliseconds");
    }
    throw failed("the unit of $epoch is 's' or 'ms'");
  }

  /** Whole seconds since 1970, rounded down. */
  static Long epochOf(Object time) {
    return time == null ? null : exact(time, "$epochOf").toEpochSecond();
  }

  static String localTime(Object time, Object pattern, Object zone) {
    if (time == null) {
      return null;
    }
    ZonedDateTime local = exact(time, "$localTime").atZoneSameInstant(zone(zone));
    try {
      return format(pattern).format(local);
    } catch (DateTimeException e) {
      throw failed("the pattern '%s' asks for what a time does not have".formatted(pattern));
    }
  }

  private static OffsetDateTime exact(Object time, String function) {
    try {
      return OffsetDateTime.parse(String.valueOf(time));
    } catch (DateTimeException e) {
      throw failed(
          "%s takes a time with offset such as 2026-11-20T10:00:00+08:00, as $time gives it"
              .formatted(function));
    }
  }

  private static OffsetDateTime at(TemporalAccessor read, ZoneId place) {
    if (read instanceof OffsetDateTime exact) {
      return exact;
    }
    return read instanceof LocalDateTime local
        ? local.atZone(place).toOffsetDateTime()
        : LocalDate.from(read).atStartOfDay(place).toOffsetDateTime();
  }

  private static String iso(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }

  private static DateTimeFormatter format(Object pattern) {
    String given = String.valueOf(pattern);
    DateTimeFormatter known = FORMATS.get(given);
    if (known != null) {
      return known;
    }
    try {
      DateTimeFormatter made = DateTimeFormatter.ofPattern(given, Locale.ROOT);
      if (FORMATS.size() < PATTERNS_KEPT_MAX) {
        FORMATS.put(given, made);
      }
      return made;
    } catch (IllegalArgumentException e) {
      throw failed("the time pattern is not one such as 'yyyy-MM-dd HH:mm:ss'");
    }
  }

  private static ZoneId zone(Object zone) {
    try {
      return ZoneId.of(String.valueOf(zone));
    } catch (DateTimeException e) {
      throw failed("the time zone is not one such as 'Asia/Shanghai' or '+08:00'");
    }
  }

  private static CarriedRefusal failed(String message) {
    return CarriedRefusal.of(Cause.MAPPING_FAILED, message);
  }
}
