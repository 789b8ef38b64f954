package io.orderbridge.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which sources are complete for a day, and which are missing, by name. */
final class DayBooks {
  private static final String PROVED = "PROVED";

  private final SourceStates states;
  private final Instant now;

  DayBooks(SourceStates states, Instant now) {
    this.states = states;
    this.now = now;
  }

  /**
   * @param day in the zone of each source
   */
  Map<String, Object> of(List<Source> sources, LocalDate day) {
    List<Map<String, Object>> missing = new ArrayList<>();
    List<String> complete = new ArrayList<>();
    for (Source source : sources) {
      if (source.pages().order() == Source.Order.QUEUE) {
        continue;
      }
      Map<String, Object> open = missing(source, day);
      if (open.isEmpty()) {
        complete.add(source.key());
      } else {
        missing.add(open);
      }
    }
    return Map.of("day", day.toString(), "missing", missing, "complete", complete);
  }

  private Map<String, Object> missing(Source source, LocalDate day) {
    Asked.Period period = Asked.period(source, day);
    List<Map<String, Object>> windows =
        states.windows(source, period.from(), period.to(), null, now, Integer.MAX_VALUE);
    List<Map<String, Object>> open =
        windows.stream().filter(window -> !PROVED.equals(window.get("state"))).toList();
    Map<String, Object> missing = new LinkedHashMap<>();
    if (!open.isEmpty()) {
      Map<String, Object> oldest = open.get(open.size() - 1);
      missing.put("source", source.key());
      missing.put("state", oldest.get("state"));
      missing.put("dueAt", oldest.get("dueAt"));
      missing.put("problem", oldest.get("problem"));
      missing.put("windows", open.size());
    } else if (!covered(windows, period)) {
      missing.put("source", source.key());
      // Its windows are still to come, or were never asked for: POST .../read-again does.
      missing.put(
          "state", period.to().isAfter(now.minus(source.late())) ? "AWAITED" : "NEVER_READ");
    }
    missing.values().removeIf(Objects::isNull);
    return missing;
  }

  // The newest window first.
  static boolean covered(List<Map<String, Object>> windows, Asked.Period period) {
    return !windows.isEmpty()
        && !((Instant) windows.get(0).get("to")).isBefore(period.to())
        && !((Instant) windows.get(windows.size() - 1).get("from")).isAfter(period.from());
  }
}
