package io.orderbridge.signing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A time as a partner writes it, and back. */
final class ClockText {
  /** Chinese platforms write their wall clock, without a zone. */
  static final ClockText CHINA = new ClockText("yyyy-MM-dd HH:mm:ss", ZoneOffset.ofHours(8));

  // 15 digits reach the year 33658 in milliseconds.
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private final DateTimeFormatter format;

  /**
   * @throws IllegalArgumentException when the pattern is none of DateTimeFormatter
   */
  ClockText(String pattern, ZoneId zone) {
    this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
  }

  String of(Instant at) {
    return format.format(at);
  }

  Optional<Instant> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(format.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<Instant> seconds(String text) {
    return number(text).map(Instant::ofEpochSecond);
  }

  static Optional<Instant> millis(String text) {
    return number(text).map(Instant::ofEpochMilli);
  }

  static Optional<Long> number(String text) {
    return text != null && NUMBER.matcher(text).matches()
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }
}
