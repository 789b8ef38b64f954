package io.orderbridge.outbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} as RFC 9110 section 10.2.3 has it: seconds, or an HTTP date. */
final class RetryAfter {
  private RetryAfter() {}

  /** The wait a target asks for, bounded; empty when it asks for none or for nonsense. */
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
    return Optional.of(asked.compareTo(RetryTimes.ASKED_MAX) > 0 ? RetryTimes.ASKED_MAX : asked);
  }
}
