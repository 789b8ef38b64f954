package io.orderbridge.schedule;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
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
  private final ScheduleDesk desk;

  ScheduleResource(ScheduleDesk desk) {
    this.desk = desk;
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
    return Map.of("schedules", desk.all().stream().map(ScheduleResource::view).toList());
  }

  private static Map<String, Object> view(ScheduleDesk.Planned schedule) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("schedule", schedule.schedule());
    view.put("cron", schedule.cron());
    view.put("zone", schedule.zone());
    view.put("next", schedule.next().toString());
    ScheduleDesk.Fired last = schedule.last();
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
