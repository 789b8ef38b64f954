package io.orderbridge.consistency;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a mapping made of a system's answer strictly: whatever is not known or not plausible
 * is refused with the place as JSON pointer.
 */
final class StateReader {
  private static final Set<String> TOP =
      Set.of("order", "status", "raw", "at", "created", "absent");
  private static final Set<String> ORDER = Set.of("shop", "number");
  private static final int RAW_MAX = 200;
  // As for the facts of an order: clocks and zones that were mixed up are refused.
  private static final Instant TIME_MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD_MAX = Duration.ofDays(1);

  private final String system;
  private final Instant readAt;
  private final Long inboxId;
  private final Instant now;

  StateReader(String system, Instant readAt, Long inboxId, Instant now) {
    this.system = system;
    this.readAt = readAt;
    this.inboxId = inboxId;
    this.now = now;
  }

  /**
   * @param mapped one object or a list of objects
   * @throws Refusal when it is not what {@code states:record} takes
   */
  List<StateTold> read(Object mapped) {
    if (!(mapped instanceof List<?> list)) {
      return List.of(state(mapped, ""));
    }
    List<StateTold> states = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      states.add(state(list.get(i), "/" + i));
    }
    return states;
  }

  private StateTold state(Object mapped, String at) {
    Map<?, ?> top = object(mapped, at, TOP);
    OrderKey order = order(top.get("order"), at + "/order");
    if (absent(top, at)) {
      return new StateTold(system, order, null, "", null, null, readAt, inboxId);
    }
    String status = text(top.get("status"), at + "/status");
    if (!ComparisonPair.STATUSES.contains(status)) {
      throw invalid(
          at + "/status",
          "is '%s', expected one of %s"
              .formatted(status, String.join(", ", ComparisonPair.STATUSES)));
    }
    String raw = text(top.get("raw"), at + "/raw");
    if (raw.length() > RAW_MAX) {
      throw invalid(at + "/raw", "has over %d characters; it is a code".formatted(RAW_MAX));
    }
    return new StateTold(
        system,
        order,
        status,
        raw,
        time(top.get("at"), at + "/at"),
        time(top.get("created"), at + "/created"),
        readAt,
        inboxId);
  }

  private static boolean absent(Map<?, ?> top, String at) {
    Object absent = top.get("absent");
    if (absent == null) {
      return false;
    }
    if (!Boolean.TRUE.equals(absent) || top.size() > 2) {
      throw invalid(at + "/absent", "is written as true, beside 'order' alone");
    }
    return true;
  }

  private static OrderKey order(Object value, String at) {
    Map<?, ?> order = object(value, at, ORDER);
    try {
      return new OrderKey(
          text(order.get("shop"), at + "/shop"), text(order.get("number"), at + "/number"));
    } catch (IllegalArgumentException e) {
      throw invalid(at, e.getMessage());
    }
  }

  private static Map<?, ?> object(Object value, String at, Set<String> allowed) {
    if (!(value instanceof Map<?, ?> map)) {
      throw invalid(at, "is no object");
    }
    for (Object key : map.keySet()) {
      if (!allowed.contains(String.valueOf(key))) {
        throw invalid(
            at + "/" + key,
            "is not known, expected " + String.join(", ", allowed.stream().sorted().toList()));
      }
    }
    return map;
  }

  private static String text(Object value, String at) {
    if (!(value instanceof String text) || text.isBlank()) {
      throw invalid(at, "is no text, or an empty one");
    }
    return text;
  }

  private Instant time(Object value, String at) {
    if (value == null) {
      return null;
    }
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

  private static Refusal invalid(String at, String what) {
    return new Refusal(Cause.FACTS_INVALID, at, what);
  }
}
