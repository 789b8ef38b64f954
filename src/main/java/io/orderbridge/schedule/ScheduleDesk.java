package io.orderbridge.schedule;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** When the routes of this process run by the clock, and what the last run of each came to. */
@Singleton
public class ScheduleDesk {
  private final Schedules schedules;
  private final ScheduleRuns runs;
  private final Clock clock;

  ScheduleDesk(Schedules schedules, ScheduleRuns runs, Clock clock) {
    this.schedules = schedules;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * A schedule.
   *
   * @param next when it fires again
   * @param last its last firing in any process; null when it never fired
   */
  public record Planned(String schedule, String cron, String zone, Instant next, Fired last) {}

  /**
   * A firing.
   *
   * @param endedAt null while it runs, and when its process died
   * @param outcome DONE, AGAIN (it comes once more by itself) or FAILED; null without an end
   * @param why null when it went well
   */
  public record Fired(Instant due, Instant firedAt, Instant endedAt, String outcome, String why) {}

  /** By name. */
  public List<Planned> all() {
    Map<String, ScheduleRuns.Run> last = runs.all();
    Instant now = clock.instant();
    return schedules.all().stream()
        .sorted(Comparator.comparing(Schedule::id))
        .map(
            schedule ->
                new Planned(
                    schedule.id(),
                    schedule.cron(),
                    schedule.zone().getId(),
                    schedule.next(now),
                    fired(last.get(schedule.id()))))
        .toList();
  }

  private static Fired fired(ScheduleRuns.Run run) {
    return run == null
        ? null
        : new Fired(run.due(), run.firedAt(), run.endedAt(), run.outcome(), run.why());
  }
}
