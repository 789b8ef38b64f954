package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Alerts: the log, what was sent, the channels; acknowledging and silencing. */
@Path("/api/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerts", description = "What people were told, and are still to be told.")
public class AlertResource {
  private static final int LIMIT_MAX = 1_000;
  private static final int REASON_MAX = 500;

  private final AlertList list;
  private final Acknowledging acknowledging;
  private final Lines lines;
  private final Clock clock;

  public AlertResource(AlertList list, Acknowledging acknowledging, Lines lines, Clock clock) {
    this.list = list;
    this.acknowledging = acknowledging;
    this.lines = lines;
    this.clock = clock;
  }

  /**
   * @param hours 0 ends the silence
   */
  public record Silence(String cause, Integer hours, String reason) {}

  @GET
  @Operation(
      summary = "The log of alerts, the newest first",
      description =
          "`state` is all (default), waiting, told, unread (breaches that were told and not"
              + " acknowledged), acknowledged or logged (told to nobody, by the policy);"
              + " `level` and `cause` narrow down; `before` is the id of the last one seen.")
  @APIResponse(responseCode = "200", description = "At most 1,000 alerts.")
  @APIResponse(responseCode = "400", description = "No such state or level.")
  public Response list(
      @QueryParam("state") @DefaultValue("all") String state,
      @QueryParam("level") String level,
      @QueryParam("cause") String cause,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (!AlertList.knows(state)) {
      return problem(400, "'state' is one of all, waiting, told, unread, acknowledged, logged");
    }
    List<String> levels = Arrays.stream(Level.values()).map(Level::name).toList();
    if (level != null && !levels.contains(level)) {
      return problem(400, "'level' is one of " + String.join(", ", levels));
    }
    AlertList.Filter filter = new AlertList.Filter(state, level, cause, before);
    return Response.ok(Map.of("alerts", list.alerts(filter, bounded(limit)))).build();
  }

  @POST
  @Path("/{id}/acknowledge")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Acknowledge an alert",
      description =
          "And with it everything of its cause that was raised until now: none of it is"
              + " escalated. Audited.")
  @APIResponse(responseCode = "204", description = "Acknowledged, now or before.")
  @APIResponse(responseCode = "404", description = "No alert of this number.")
  public Response acknowledge(@PathParam("id") long id, @Context SecurityContext security) {
    return acknowledging.acknowledge(id, actor(security), clock.instant())
        ? Response.noContent().build()
        : problem(404, "no alert has the number " + id);
  }

  @POST
  @Path("/silence")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Silence a cause",
      description =
          "For 1 to 168 hours it is told to nobody; what comes meanwhile is told together at the"
              + " end. 0 hours end a silence. Audited.")
  @APIResponse(responseCode = "204", description = "Silent.")
  @APIResponse(responseCode = "400", description = "What is missing or not allowed.")
  public Response silence(Silence silence, @Context SecurityContext security) {
    if (silence == null || silence.cause() == null || silence.cause().isBlank()) {
      return problem(400, "'cause' is missing; it stands in GET /api/alerts");
    }
    if (silence.hours() == null
        || silence.hours() < 0
        || silence.hours() > Acknowledging.SILENCE_MAX.toHours()) {
      return problem(400, "'hours' is 0 to %d".formatted(Acknowledging.SILENCE_MAX.toHours()));
    }
    if (silence.reason() == null
        || silence.reason().isBlank()
        || silence.reason().length() > REASON_MAX) {
      return problem(400, "'reason' has 1 to %d characters".formatted(REASON_MAX));
    }
    Duration length = Duration.ofHours(silence.hours());
    acknowledging.silence(
        silence.cause(),
        Level.BREACH,
        length,
        Acknowledging.act(actor(security), silence.cause(), length, silence.reason()),
        clock.instant());
    return Response.noContent().build();
  }

  @GET
  @Path("/silences")
  @Operation(summary = "Causes that are silenced now")
  @APIResponse(responseCode = "200", description = "With who, why and until when.")
  public Map<String, Object> silences() {
    return Map.of("silences", list.silences(clock.instant()));
  }

  @GET
  @Path("/channels")
  @Operation(
      summary = "The channels in force",
      description = "Messages used of the budget, what waits, pauses, and why one refuses.")
  @APIResponse(responseCode = "200", description = "One entry per robot.")
  public Map<String, Object> channels() {
    Instant now = clock.instant();
    Map<String, Long> waiting = lines.waiting();
    return Map.of(
        "channels",
        list.channels(waiting, now),
        "waitingForNone",
        waiting.getOrDefault(Channels.NONE, 0L));
  }

  @GET
  @Path("/messages")
  @Operation(summary = "What was sent, the newest first; tokens of links are left out")
  @APIResponse(responseCode = "200", description = "At most 1,000 messages.")
  public Map<String, Object> messages(
      @QueryParam("robot") String robot,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return Map.of("messages", list.messages(robot, before, bounded(limit)));
  }

  private static int bounded(int limit) {
    return Math.max(1, Math.min(limit, LIMIT_MAX));
  }

  private static String actor(SecurityContext security) {
    return security.getUserPrincipal().getName();
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
