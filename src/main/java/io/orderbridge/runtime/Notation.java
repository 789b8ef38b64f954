package io.orderbridge.runtime;

import io.orderbridge.call.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How durations, sizes and rates are written in connection files. */
final class Notation {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB)");
  private static final Pattern RATE = Pattern.compile("(\\d{1,6})/(s|m)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES = Map.of("B", 1L, "KB", 1_024L, "MB", 1_048_576L);

  private Notation() {}

  static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw expected(text, "a duration such as 500ms, 10s, 5m, 2h or 3d");
    }
    long millis = Math.multiplyExact(Long.parseLong(parts.group(1)), MILLIS.get(parts.group(2)));
    return Duration.ofMillis(millis);
  }

  /** A duration that is longer than nothing. */
  static Duration wait(String text) {
    Duration duration = duration(text);
    if (duration.isZero()) {
      throw expected(text, "more than nothing, for example 10s");
    }
    return duration;
  }

  static int size(String text) {
    Matcher parts = SIZE.matcher(text);
    if (!parts.matches()) {
      throw expected(text, "a size such as 512B, 64KB or 1MB");
    }
    long bytes = Math.multiplyExact(Long.parseLong(parts.group(1)), BYTES.get(parts.group(2)));
    if (bytes == 0 || bytes > Integer.MAX_VALUE) {
      throw expected(text, "a size from 1B to 2047MB");
    }
    return (int) bytes;
  }

  /** How often something may begin. */
  static Limits.Rate rate(String text) {
    Matcher parts = RATE.matcher(text);
    if (!parts.matches()) {
      throw expected(text, "a rate such as 50/s or 10/m");
    }
    int times = Integer.parseInt(parts.group(1));
    if (times == 0) {
      throw expected(text, "at least 1/m; leave the rate out for no limit");
    }
    return new Limits.Rate(times, Duration.ofMillis(MILLIS.get(parts.group(2))));
  }

  static boolean yesOrNo(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw expected(text, "true or false");
    }
    return text.equals("true");
  }

  static long whole(String text, long min, long max) {
    if (text.matches("\\d{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw expected(text, "a whole number from %d to %d".formatted(min, max));
  }

  /** One of the values of a type, by its name in small letters. */
  static <E extends Enum<E>> E word(String text, Class<E> type) {
    return one(text, type, words(type));
  }

  /** One of the values of a type, by its name as it is: SALE, ORDERED. */
  static <E extends Enum<E>> E constant(String text, Class<E> type) {
    return one(text, type, Stream.of(type.getEnumConstants()).map(Enum::name).toList());
  }

  /** The names that {@link #word} takes, in the order of the values. */
  static <E extends Enum<E>> List<String> words(Class<E> type) {
    return Stream.of(type.getEnumConstants())
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static <E extends Enum<E>> E one(String text, Class<E> type, List<String> names) {
    int at = names.indexOf(text);
    if (at < 0) {
      throw expected(text, "one of " + String.join(", ", names));
    }
    return type.getEnumConstants()[at];
  }

  static IllegalArgumentException expected(String came, String allowed) {
    return new IllegalArgumentException("is '%s', expected %s".formatted(came, allowed));
  }
}
