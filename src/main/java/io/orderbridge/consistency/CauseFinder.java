package io.orderbridge.consistency;

import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderReadings.Said;
import io.orderbridge.work.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells why two sides contradict each other from what is stored: the history of the order, and what
 * has not arrived. Pure.
 *
 * @param byHand connections through which people enter what they know
 * @param said history of the order, the oldest first
 * @param unanswered what has not arrived of it
 */
record CauseFinder(List<String> byHand, List<Said> said, List<Unanswered.Item> unanswered) {
  // A push takes seconds, and a sweep comes every quarter of an hour: what took longer was late.
  static final Duration LATE_AFTER = Duration.ofMinutes(20);

  /**
   * Why.
   *
   * @param shown what it is seen by, for the evidence
   */
  record Why(CauseClass cause, Map<String, Object> shown) {}

  /**
   * Why these values contradict each other.
   *
   * @param systems all that the rule speaks of
   * @param since when the contradiction began
   */
  Why of(List<Value> values, Set<String> systems, Instant since) {
    return byHand(values)
        .or(() -> unanswered(systems))
        .or(() -> arrivedLate(values))
        .or(() -> spokeSince(values, since))
        .orElseGet(() -> new Why(CauseClass.NO_EVENT, Map.of("cause", CauseClass.NO_EVENT.name())));
  }

  private Optional<Why> byHand(List<Value> values) {
    for (Value value : values) {
      boolean silent = !value.missing().isEmpty() || value.at() == null;
      Optional<Said> word = silent ? Optional.empty() : first(value);
      boolean forced = value.as() == Value.As.FORCED;
      boolean noMessage = word.isPresent() && word.get().message() == null;
      if (forced || noMessage || !silent && byHand.contains(value.system())) {
        Map<String, Object> shown = shown(CauseClass.MANUAL_ENTRY, value.system());
        shown.put("entered", value.says());
        word.ifPresent(one -> shown.put("recordedAt", one.recordedAt().toString()));
        return Optional.of(new Why(CauseClass.MANUAL_ENTRY, shown));
      }
    }
    return Optional.empty();
  }

  private Optional<Why> unanswered(Set<String> systems) {
    for (Unanswered.Item item : unanswered) {
      if (systems.contains(item.system())) {
        Map<String, Object> shown = shown(CauseClass.LATE_EVENT, item.system());
        shown.put("queue", item.queue());
        shown.put("waitsSince", item.since().toString());
        if (item.deadLetter() != null) {
          shown.put("deadLetter", item.deadLetter());
          shown.put("because", item.cause().name());
        }
        return Optional.of(new Why(CauseClass.LATE_EVENT, shown));
      }
    }
    return Optional.empty();
  }

  private Optional<Why> arrivedLate(List<Value> values) {
    for (Value value : values) {
      boolean told = value.missing().isEmpty() && value.at() != null && value.readAt() == null;
      Optional<Said> word = told ? first(value) : Optional.empty();
      if (word.isPresent() && word.get().recordedAt().isAfter(value.at().plus(LATE_AFTER))) {
        Map<String, Object> shown = shown(CauseClass.LATE_EVENT, value.system());
        shown.put("happenedAt", value.at().toString());
        shown.put("recordedAt", word.get().recordedAt().toString());
        return Optional.of(new Why(CauseClass.LATE_EVENT, shown));
      }
    }
    return Optional.empty();
  }

  // The other side is alive and has not come so far: it said something after the first side did,
  // but
  // not this. In the order of the store, whose clock is one.
  private Optional<Why> spokeSince(List<Value> values, Instant since) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Instant begun = first(values.get(0)).map(Said::recordedAt).orElse(since);
    for (Value value : values) {
      boolean stoodStill = !value.missing().isEmpty() || value.as() == Value.As.STATUS;
      if (!stoodStill || value.system().equals(values.get(0).system())) {
        continue;
      }
      for (Said word : said) {
        if (word.system().equals(value.system()) && word.recordedAt().isAfter(begun)) {
          Map<String, Object> shown = shown(CauseClass.LATE_EVENT, value.system());
          shown.put("spokeAt", word.recordedAt().toString());
          return Optional.of(new Why(CauseClass.LATE_EVENT, shown));
        }
      }
    }
    return Optional.empty();
  }

  private static Map<String, Object> shown(CauseClass cause, String system) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("cause", cause.name());
    shown.put("system", system);
    return shown;
  }

  /** The first message in which the system said this. */
  Optional<Said> first(Value value) {
    return said.stream()
        .filter(
            word ->
                word.system().equals(value.system()) && !value.system().equals(OrderBook.FORCED))
        .filter(word -> says(word, value))
        .findFirst();
  }

  private static boolean says(Said word, Value value) {
    return switch (value.as()) {
      case MILESTONE -> word.words().contains(scope(value.says(), value.parcel()));
      case STATUS -> word.words().stream().anyMatch(one -> named(one, value.says()));
      case CODE -> value.says().equals(word.code());
      case REFUND -> word.words().stream().anyMatch(one -> refund(one, value.says()));
      case PAYMENT -> word.words().contains("PAID");
      default -> false;
    };
  }

  private static String scope(String milestone, String parcel) {
    return parcel.isEmpty() ? milestone : milestone + "@" + parcel;
  }

  private static boolean named(String word, String status) {
    return word.equals(status) || word.startsWith(status + "@");
  }

  // The amount stands behind the status.
  private static boolean refund(String word, String says) {
    return word.endsWith("/" + says.split(" ", 2)[0]);
  }
}
