package io.orderbridge.schedule;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** When routes run by the clock, and what the last run came to. */
@Path("/api/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedules", description = "Routes that run by the clock.")
public class ScheduleResource {
  private final Schedules schedules;
  private final ScheduleRuns runs;
  private final Clock clock;

  ScheduleResource(Schedules schedules, ScheduleRuns runs, Clock clock) {
    this.schedules = schedules;
    this.runs = runs;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "All schedules of the route files, by name",
      description =
          "`next` is when it fires again. `last` is the last firing of any process: `outcome` is"
              + " DONE, AGAIN (it comes once more by itself) or FAILED; without one it runs, or its"
              + " process died and it is done again.")
  @APIResponse(responseCode = "200", description = "The schedules of this process.")
  public Map<String, Object> list() {
    Map<String, ScheduleRuns.Run> last = runs.all();
    Instant now = clock.instant();
    List<Map<String, Object>> all =
        schedules.all().stream()
            .sorted(Comparator.comparing(Schedule::id))
            .map(schedule -> view(schedule, last.get(schedule.id()), now))
            .toList();
    return Map.of("schedules", all);
  }

  private static Map<String, Object> view(Schedule schedule, ScheduleRuns.Run last, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("schedule", schedule.id());
    view.put("cron", schedule.cron());
    view.put("zone", schedule.zone().getId());
    view.put("next", schedule.next(now).toString());
    if (last != null) {
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("due", last.due().toString());
      run.put("firedAt", last.firedAt().toString());
      run.put("endedAt", Objects.toString(last.endedAt(), null));
      run.put("outcome", last.outcome());
      run.put("why", last.why());
      run.values().removeIf(Objects::isNull);
      view.put("last", run);
    }
    return view;
  }
}
