package io.orderbridge.notice;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Notices to customers: which there are, what reached whom, and how many per day. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notices", description = "What customers were told, proved by receipts.")
public class NoticeResource {
  private static final int LIMIT_MAX = 1_000;
  private static final int DAYS_MAX = 366;

  private final NoticeList list;
  private final Days days;
  private final NoticeRulesInForce rules;
  private final Clock clock;

  public NoticeResource(NoticeList list, Days days, NoticeRulesInForce rules, Clock clock) {
    this.list = list;
    this.days = days;
    this.rules = rules;
    this.clock = clock;
  }

  @GET
  @Path("/notices")
  @Operation(
      summary = "Notices, the newest first",
      description =
          "`state` is one of new, sending, delivered (read ones included), read, unconfirmed,"
              + " failed, suppressed; `gate` and `day` (on which the gate opened) narrow down;"
              + " `before` is the id of the last one seen.")
  @APIResponse(responseCode = "200", description = "At most 1,000 notices with their messages.")
  @APIResponse(responseCode = "400", description = "No such state or day.")
  public Response list(
      @QueryParam("state") String state,
      @QueryParam("gate") String gate,
      @QueryParam("day") String day,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (state != null && !NoticeList.STATES.contains(state)) {
      return problem("'state' is one of " + String.join(", ", NoticeList.STATES));
    }
    LocalDate on = date(day);
    if (day != null && on == null) {
      return problem("'day' is a date such as 2026-11-20");
    }
    ZoneId zone = rules.now().zone();
    Instant from = on == null ? null : on.atStartOfDay(zone).toInstant();
    Instant to = on == null ? null : on.plusDays(1).atStartOfDay(zone).toInstant();
    return Response.ok(
            Map.of(
                "notices",
                list.list(
                    new NoticeList.Filter(state, gate, from, to, before),
                    Math.max(1, Math.min(limit, LIMIT_MAX)))))
        .build();
  }

  @GET
  @Path("/notices/{id:\\d{1,18}}")
  @Operation(summary = "One notice with its messages")
  @APIResponse(responseCode = "200", description = "The notice.")
  @APIResponse(responseCode = "404", description = "There is none of this number.")
  public Response one(@PathParam("id") long id) {
    List<NoticeList.Notice> found = list.one(id);
    return found.isEmpty()
        ? Response.status(404).entity(Map.of("error", "no notice has this number")).build()
        : Response.ok(found.get(0)).build();
  }

  @GET
  @Path("/notices/reach")
  @Operation(
      summary = "How many notices reached somebody, per gate and day",
      description =
          "`due` is what the gates made, `reached` what receipts prove, each notice once; `rate` of"
              + " a hundred. The days are those on which the gates opened, by default the last"
              + " seven.")
  @APIResponse(
      responseCode = "200",
      description = "The days; one that is over as it was counted last, at most an hour ago.")
  @APIResponse(responseCode = "400", description = "No date, or more than a year.")
  public Response reach(@QueryParam("from") String from, @QueryParam("to") String to) {
    LocalDate today = clock.instant().atZone(rules.now().zone()).toLocalDate();
    LocalDate first = from == null ? today.minusDays(6) : date(from);
    LocalDate last = to == null ? today : date(to);
    if (first == null || last == null || last.isAfter(first.plusDays(DAYS_MAX))) {
      return problem("'from' and 'to' are dates such as 2026-11-20, at most a year apart");
    }
    return Response.ok(
            Map.of("target", rules.now().reach(), "days", days.shown(first, last, clock.instant())))
        .build();
  }

  @GET
  @Path("/notices/reach/{gate}/{day}")
  @Operation(
      summary = "What was told of a day, version by version",
      description = "A receipt that came late made a new version; those before stay.")
  @APIResponse(responseCode = "200", description = "The versions, the oldest first.")
  @APIResponse(responseCode = "400", description = "No date.")
  public Response versions(@PathParam("gate") String gate, @PathParam("day") String day) {
    LocalDate on = date(day);
    return on == null
        ? problem("the day is a date such as 2026-11-20")
        : Response.ok(Map.of("versions", days.versions(gate, on))).build();
  }

  private static LocalDate date(String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Response problem(String what) {
    return Response.status(400).entity(Map.of("error", what)).build();
  }
}
