package io.orderbridge.order;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values of which facts are made, read strictly. What is missing, not known, not plausible or
 * not exact is a {@link Refusal} that names its place as JSON pointer and what is allowed.
 */
public final class FactsParts {
  private static final Instant TIME_MIN = Instant.parse("2000-01-01T00:00:00Z");
  // Clocks of partners and zones that were mixed up by half a day do occur; a whole day is an
  // error.
  private static final Duration AHEAD_MAX = Duration.ofDays(1);
  private static final int ITEMS_MAX = 1000;
  private static final int TEXT_MAX = 4000;

  private FactsParts() {}

  /** {@code amount} and {@code currency} of the holder; not negative. */
  public static Money money(Map<?, ?> holder, String at) {
    String currency = currency(holder, at);
    return exact(holder.get("amount"), currency, at + "/amount");
  }

  static String decimal(Object value, String currency, String at) {
    return exact(value, currency, at).toDecimal();
  }

  static String currency(Map<?, ?> holder, String at) {
    String currency = text(holder, "currency", at);
    try {
      Money.currency(currency);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.CURRENCY_UNKNOWN, at + "/currency", e.getMessage());
    }
    return currency;
  }

  static Money exact(Object value, String currency, String at) {
    if (!(value instanceof String text)) {
      throw new Refusal(
          Cause.MONEY_INVALID,
          at,
          "amount is not decimal text; make it with $money in the mapping");
    }
    Money money;
    try {
      money = Money.of(text, currency);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.MONEY_INVALID, at, e.getMessage());
    }
    if (money.isNegative()) {
      throw new Refusal(
          Cause.MONEY_INVALID, at, "amount is negative; a refund is a refund fact, not a minus");
    }
    return money;
  }

  /** The constant of that name. */
  public static <E extends Enum<E>> E constant(
      Class<E> type, Map<?, ?> holder, String name, String at) {
    String text = text(holder, name, at);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw invalid(at + "/" + name, "is none of " + List.of(type.getEnumConstants()));
    }
  }

  /** Text that has to be there. */
  public static String text(Map<?, ?> holder, String name, String at) {
    String text = optionalText(holder, name, at);
    if (text == null || text.isEmpty()) {
      throw invalid(at + "/" + name, "is missing");
    }
    return text;
  }

  static void putText(Map<String, Object> into, Map<?, ?> from, String name, String at) {
    String text = optionalText(from, name, at);
    if (text != null) {
      into.put(storable(name), text);
    }
  }

  /** Text of at most 4,000 characters, or null. */
  public static String optionalText(Map<?, ?> holder, String name, String at) {
    Object value = holder.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Number) {
      throw invalid(at(at, name), "is a number, expected text; use $string in the mapping");
    }
    if (!(value instanceof String text) || text.length() > TEXT_MAX) {
      throw invalid(at(at, name), "is no text of at most %d characters".formatted(TEXT_MAX));
    }
    return storable(text);
  }

  // PostgreSQL stores no NUL in text, and half a surrogate pair comes back from it as something
  // else: the fold would find a difference in every repeat.
  static String storable(String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return whole.replace("\0", "");
  }

  static List<?> list(Object value, String at) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || list.size() > ITEMS_MAX) {
      throw invalid(at, "is no list of at most %d items".formatted(ITEMS_MAX));
    }
    return list;
  }

  /** An object with no other keys than these; null allows all. */
  public static Map<?, ?> object(Object value, String at, Set<String> allowed) {
    if (!(value instanceof Map<?, ?> map)) {
      throw invalid(at, value == null ? "is missing" : "is no object");
    }
    for (Object key : map.keySet()) {
      if (allowed != null && !allowed.contains(key)) {
        throw invalid(
            at(at, String.valueOf(key)),
            "is not known here, allowed are " + new TreeSet<>(allowed));
      }
    }
    return map;
  }

  // As RFC 6901 has it.
  static String at(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** A time from 2000 to a day ahead of now, to the millisecond. */
  public static Instant time(Object value, String at, Instant now) {
    Instant time;
    try {
      time = OffsetDateTime.parse(String.valueOf(value)).toInstant();
    } catch (DateTimeException e) {
      throw invalid(at, "is no ISO-8601 time with offset such as 2026-11-20T10:00:00+08:00");
    }
    if (time.isBefore(TIME_MIN) || time.isAfter(now.plus(AHEAD_MAX))) {
      throw new Refusal(
          Cause.TIME_IMPLAUSIBLE,
          at,
          "%s is before 2000 or more than a day ahead; check pattern and zone in the mapping"
              .formatted(time.truncatedTo(ChronoUnit.SECONDS)));
    }
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** What is wrong at a place; the root is {@code /}. */
  public static Refusal invalid(String at, String what) {
    return new Refusal(Cause.FACTS_INVALID, at.isEmpty() ? "/" : at, what);
  }
}
