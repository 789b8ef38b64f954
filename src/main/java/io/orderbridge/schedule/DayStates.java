package io.orderbridge.schedule;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a source has said all of a day, for who waits for it. */
@Singleton
public class DayStates {
  private final Sources sources;
  private final SourceStates states;
  private final Windows windows;

  DayStates(Sources sources, SourceStates states, Windows windows) {
    this.sources = sources;
    this.states = states;
    this.windows = windows;
  }

  /**
   * One day of a source.
   *
   * @param word PROVED when all of it was read and reached who takes it; AWAITED is not due yet and
   *     no fault; DUE, READ and LATE are on the way; NEVER_READ was never asked for
   * @param items how many came; 0 on a day without anything
   * @param dueAt when the first that is missing is or was due; null when nothing is
   * @param problem why it is missing, in words; null when there is nothing to say
   */
  public record DayState(String word, long items, Instant dueAt, String problem) {
    public boolean isComplete() {
      return word.equals("PROVED");
    }
  }

  /**
   * @param zone in which the day is meant
   * @return empty when no connection in force has the source, or it is a queue, which has no days
   */
  public Optional<DayState> find(String source, LocalDate day, ZoneId zone, Instant now) {
    return sources
        .find(source)
        .filter(known -> known.pages().order() != Source.Order.QUEUE)
        .map(known -> state(known, period(day, zone), now));
  }

  /**
   * Days of which something was proved since then, however long ago they were: what was asked for
   * later comes into books like what came in its time.
   *
   * @param zone in which the days are meant
   */
  public List<LocalDate> provedSince(String source, ZoneId zone, Instant since) {
    return windows.daysProved(source, zone, since);
  }

  private static Asked.Period period(LocalDate day, ZoneId zone) {
    return new Asked.Period(
        day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private DayState state(Source source, Asked.Period period, Instant now) {
    List<Map<String, Object>> windows =
        states.windows(source, period.from(), period.to(), null, now, Integer.MAX_VALUE);
    List<Map<String, Object>> open =
        windows.stream().filter(window -> !"PROVED".equals(window.get("state"))).toList();
    if (!open.isEmpty()) {
      Map<String, Object> oldest = open.get(open.size() - 1);
      return new DayState(
          (String) oldest.get("state"),
          items(windows),
          (Instant) oldest.get("dueAt"),
          (String) oldest.get("problem"));
    }
    if (!DayBooks.covered(windows, period)) {
      boolean awaited = period.to().isAfter(now.minus(source.late()));
      return new DayState(awaited ? "AWAITED" : "NEVER_READ", items(windows), null, null);
    }
    return new DayState("PROVED", items(windows), null, null);
  }

  private static long items(List<Map<String, Object>> windows) {
    return windows.stream()
        .map(window -> window.get("stored"))
        .filter(Number.class::isInstance)
        .mapToLong(stored -> ((Number) stored).longValue())
        .sum();
  }
}
