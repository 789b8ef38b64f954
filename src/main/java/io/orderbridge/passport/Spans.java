package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import java.time.Duration;
import java.time.Instant;

/** Lengths of time in words, in two units at most: a sentence needs no zone then. */
final class Spans {
  private Spans() {}

  /** For example {@code 3 h 20 min}; a time that lies ahead or is not known counts as none. */
  static Wording between(Instant from, Instant to) {
    Duration span = from == null ? Duration.ZERO : Duration.between(from, to);
    return of(span.isNegative() ? Duration.ZERO : span);
  }

  static Wording of(Duration span) {
    long days = span.toDays();
    int hours = span.toHoursPart();
    int minutes = span.toMinutesPart();
    if (days > 0) {
      return hours == 0 || days > 6
          ? Wording.of("%d 天", "%d d", days)
          : Wording.of("%d 天 %d 小时", "%d d %d h", days, hours);
    }
    if (hours > 0) {
      return minutes == 0 || hours > 11
          ? Wording.of("%d 小时", "%d h", hours)
          : Wording.of("%d 小时 %d 分钟", "%d h %d min", hours, minutes);
    }
    return Wording.of("%d 分钟", "%d min", minutes);
  }
}
