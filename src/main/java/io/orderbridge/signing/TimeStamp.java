package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** The time a sender states in a header, in whole seconds since 1970. */
record TimeStamp(Instant at) {
  // 12 digits reach the year 33658 and stay far inside what an Instant holds.
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  /** Empty when the text is no plain number: no sign, no blank, no fraction. */
  static Optional<TimeStamp> parse(String text) {
    return SECONDS.matcher(text).matches()
        ? Optional.of(new TimeStamp(Instant.ofEpochSecond(Long.parseLong(text))))
        : Optional.empty();
  }

  /** How far it lies from {@code now}, before or after. */
  Duration distance(Instant now) {
    return Duration.between(at, now).abs();
  }
}
