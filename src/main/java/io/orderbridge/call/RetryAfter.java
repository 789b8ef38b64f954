package io.orderbridge.call;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} as RFC 9110 section 10.2.3 has it: seconds, or an HTTP date. */
final class RetryAfter {
  // A partner that asks for more than this is asked again all the same: it may have miscounted.
  static final Duration ASKED_MAX = Duration.ofHours(6);

  private RetryAfter() {}

  /** The wait a partner asks for, bounded; empty when it asks for none or for nonsense. */
  static Optional<Duration> read(String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    Duration asked;
    try {
      asked =
          header.strip().matches("\\d{1,12}")
              ? Duration.ofSeconds(Long.parseLong(header.strip()))
              : Duration.between(
                  now, ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    if (asked.isNegative() || asked.isZero()) {
      return Optional.empty();
    }
    return Optional.of(bounded(asked));
  }

  static Duration bounded(Duration asked) {
    return asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
  }
}
