package io.orderbridge.schedule;

import io.orderbridge.schedule.Source.Daily;
import io.orderbridge.schedule.Source.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Which windows a source has, and when each is due. Windows follow each other without gap or
 * overlap, whatever night summer time begins or ends in; nothing here reads a clock.
 */
final class Calendar {
  private Calendar() {}

  /**
   * A window before it is a row.
   *
   * @param day of a daily source, else null
   * @param due nothing is missing before this time
   */
  record Span(Instant start, Instant end, LocalDate day, Instant due) {
    Span dueAt(Instant later) {
      return new Span(start, end, day, later);
    }
  }

  /**
   * The windows that have to be there now and are not.
   *
   * @param last end of the last window that is there; null when there is none
   * @param max so many at most, the earliest
   */
  static List<Span> missing(Source source, Instant last, Instant now, int max) {
    List<Span> spans = new ArrayList<>();
    Instant from = last == null ? begin(source, now) : last;
    while (spans.size() < max) {
      Span span = span(source, from);
      if (opens(source, span).isAfter(now)) {
        return spans;
      }
      spans.add(span);
      from = span.end();
    }
    return spans;
  }

  /** The windows over a period in the past, whole ones only. */
  static List<Span> over(Source source, Instant from, Instant to, Instant now, int max) {
    List<Span> spans = new ArrayList<>();
    Instant start = floor(source, from);
    while (start.isBefore(to) && spans.size() <= max) {
      Span span = span(source, start);
      if (opens(source, span).isAfter(now)) {
        return spans;
      }
      spans.add(span);
      start = span.end();
    }
    return spans;
  }

  /** When the window after this one opens. */
  static Instant nextOpens(Source source, Instant last) {
    return opens(source, span(source, last));
  }

  // A daily window is shown once its day is over, although it may be due much later; a snapshot
  // that is due within its day cannot wait for the night.
  private static Instant opens(Source source, Span span) {
    return source.rhythm() instanceof Daily && span.end().isBefore(span.due())
        ? span.end()
        : span.due();
  }

  // The first window is one that can be read now, however short 'back' is: one that opens later
  // would be counted from a later now each time, and never open.
  private static Instant begin(Source source, Instant now) {
    Instant start;
    if (source.rhythm() instanceof Daily daily) {
      LocalDate today = LocalDate.ofInstant(now, source.zone());
      start = today.minusDays(daily.back()).atStartOfDay(source.zone()).toInstant();
    } else {
      start = floor(source, now.minus(((Every) source.rhythm()).back()));
    }
    while (opens(source, span(source, start)).isAfter(now)) {
      start = floor(source, start.minusMillis(1));
    }
    return start;
  }

  private static Instant floor(Source source, Instant at) {
    if (source.rhythm() instanceof Every every) {
      return floor(at, every.every());
    }
    ZoneId zone = source.zone();
    return LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant();
  }

  private static Instant floor(Instant at, Duration every) {
    long length = every.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  private static Span span(Source source, Instant start) {
    if (source.rhythm() instanceof Daily daily) {
      ZoneId zone = source.zone();
      LocalDate day = LocalDate.ofInstant(start, zone);
      Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
      return new Span(start, end, day, due(daily, day, zone));
    }
    Every every = (Every) source.rhythm();
    // Aligned again when the length was changed in between.
    Instant end = floor(start, every.every()).plus(every.every());
    return new Span(start, end, null, end.plus(every.behind()));
  }

  private static Instant due(Daily daily, LocalDate day, ZoneId zone) {
    LocalDate on = day.plusDays(daily.daysAfter());
    while (daily.rest().contains(on.getDayOfWeek()) || daily.holidays().contains(on)) {
      on = on.plusDays(1);
    }
    return ZonedDateTime.of(on, daily.due(), zone).toInstant();
  }
}
