package io.orderbridge.books;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the times of one column. The usual pattern is read by place: a million rows have three. One
 * thread.
 */
final class TimeText {
  private static final Pattern USUAL = Pattern.compile("[yu]{4}[-/]MM[-/]dd( |'T')HH:mm:ss");
  private static final int USUAL_LENGTH = 19;
  private static final long MICROS = 1_000_000;
  // 2000-01-01 to 2100-01-01: what lies outside is another unit or another column.
  private static final long SECOND_MIN = 946_684_800;
  private static final long SECOND_MAX = 4_102_444_800L;
  private static final int EPOCH_DIGITS_MAX = 14;

  private static final int DAYS_KEPT = 127;

  private final int[] days = new int[DAYS_KEPT];
  private final long[] begins = new long[DAYS_KEPT];
  private final long epochUnit;
  private final ZoneId zone;
  private final String separators;
  private final DateTimeFormatter formatter;
  private final boolean withOffset;

  TimeText(Layout.Time time) {
    zone = time.zone();
    boolean epoch = time.pattern().startsWith("epoch-");
    epochUnit = !epoch ? 0 : time.pattern().equals("epoch-ms") ? 1_000 : MICROS;
    boolean usual = USUAL.matcher(time.pattern()).matches();
    String plain = time.pattern().replace("'", "");
    separators = usual ? plain.substring(4, 5) + plain.charAt(10) : null;
    withOffset = time.pattern().equals("iso");
    formatter = epoch || usual || withOffset ? null : formatter(time.pattern());
  }

  // A day without a time is its beginning.
  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().appendPattern(pattern.replace("yyyy", "uuuu"));
    if (!pattern.contains("H")) {
      builder.parseDefaulting(ChronoField.HOUR_OF_DAY, 0);
    }
    return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * Microseconds since 1970.
   *
   * @throws DateTimeException when the text is no such time, or before 2000 or after 2099
   */
  long micros(String text) {
    long micros = epochUnit > 0 ? epoch(text) : local(text);
    if (!isBetween(micros)) {
      throw new DateTimeException("is not between 2000 and 2099");
    }
    return micros;
  }

  static boolean isBetween(long micros) {
    return micros >= SECOND_MIN * MICROS && micros < SECOND_MAX * MICROS;
  }

  /** Microseconds of what the column counts; 0 when it does not count. */
  long epochUnit() {
    return epochUnit;
  }

  /** Of the usual pattern: those of the day, and the one before the time; null of another. */
  String separators() {
    return separators;
  }

  private long epoch(String text) {
    if (text.length() > EPOCH_DIGITS_MAX) {
      throw new DateTimeException("has too many digits");
    }
    return digits(text, 0, text.length()) * epochUnit;
  }

  private long local(String text) {
    if (separators != null) {
      return byPlace(text) * MICROS;
    }
    if (withOffset) {
      Instant at = OffsetDateTime.parse(text).toInstant();
      return at.getEpochSecond() * MICROS + at.getNano() / 1_000;
    }
    LocalDateTime local = LocalDateTime.parse(text, formatter);
    return local.toEpochSecond(zone.getRules().getOffset(local)) * MICROS + local.getNano() / 1_000;
  }

  private long byPlace(String text) {
    char day = separators.charAt(0);
    boolean fits =
        text.length() == USUAL_LENGTH
            && text.charAt(4) == day
            && text.charAt(7) == day
            && text.charAt(10) == separators.charAt(1)
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    if (!fits) {
      throw new DateTimeException("is not written like the others");
    }
    int date = (int) (digits(text, 0, 4) * 10_000 + digits(text, 5, 7) * 100 + digits(text, 8, 10));
    long hour = digits(text, 11, 13);
    long minute = digits(text, 14, 16);
    long second = digits(text, 17, USUAL_LENGTH);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("has no such time of the day");
    }
    return midnight(date, (int) (hour * 3_600 + minute * 60 + second));
  }

  // The days of a file are few. Where the offset changes within a day it is asked each time.
  private long midnight(int date, int secondOfDay) {
    int place = date % DAYS_KEPT;
    if (days[place] != date) {
      LocalDate day = LocalDate.of(date / 10_000, date / 100 % 100, date % 100);
      var rules = zone.getRules();
      ZoneOffset offset = rules.getOffset(day.atStartOfDay());
      LocalDateTime next = day.plusDays(1).atStartOfDay();
      boolean changes =
          !rules.getOffset(next).equals(offset) || rules.getTransition(day.atStartOfDay()) != null;
      if (changes) {
        LocalDateTime local = day.atStartOfDay().plusSeconds(secondOfDay);
        return local.toEpochSecond(rules.getOffset(local));
      }
      days[place] = date;
      begins[place] = day.atStartOfDay().toEpochSecond(offset);
    }
    return begins[place] + secondOfDay;
  }

  private static long digits(String text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new DateTimeException("has something else than a digit");
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
