package io.orderbridge.score;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the orders are, and where that is going. */
@Path("/api/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Order health", description = "Four metrics, their trends, and a score a month.")
public class HealthResource {
  private final HealthReads health;

  HealthResource(HealthReads health) {
    this.health = health;
  }

  @GET
  @Path("/metrics")
  @Operation(
      summary = "The newest value of each metric",
      description =
          "With its limit, verdict, what it is made of, the worst examples and links to the rows"
              + " behind it. NOT_APPLICABLE when there was nothing to measure; no value when"
              + " nothing was told yet.")
  @APIResponse(responseCode = "200", description = "The metrics that the rules name.")
  public Response metrics() {
    return answer(200, Map.of("rules", health.rules(), "metrics", health.newest()));
  }

  @GET
  @Path("/metrics/{name}/trend")
  @Operation(
      summary = "A metric over its last periods",
      description =
          "`periods` from 12 to 400, 30 without it; the oldest first, one point per period, also"
              + " where nothing was told. The projection is the straight line through the last"
              + " points.")
  @APIResponse(responseCode = "200", description = "Points, limit and projection.")
  @APIResponse(responseCode = "404", description = "No such metric, or it is not measured.")
  public Response trend(
      @PathParam("name") String name, @QueryParam("periods") @DefaultValue("30") int periods) {
    return health
        .trend(name, periods)
        .map(found -> answer(200, found))
        .orElseGet(() -> missing(name));
  }

  @GET
  @Path("/metrics/{name}/{period}")
  @Operation(
      summary = "All that was told of a period",
      description = "`period` is 2026-11-20, 2026-W47 or 2026-11, as the metric has them.")
  @APIResponse(responseCode = "200", description = "The versions, the oldest first.")
  @APIResponse(responseCode = "404", description = "No such metric, or nothing was told of it.")
  public Response versions(@PathParam("name") String name, @PathParam("period") String period) {
    if (!health.isMeasured(name)) {
      return missing(name);
    }
    try {
      List<Map<String, Object>> versions = health.versions(name, period);
      return versions.isEmpty()
          ? error(404, "nothing was told of %s in %s".formatted(name, period))
          : answer(200, Map.of("metric", name, "period", period, "versions", versions));
    } catch (IllegalArgumentException e) {
      return error(400, e.getMessage());
    }
  }

  @GET
  @Path("/scores/{month}")
  @Operation(
      summary = "The score of a month",
      description =
          "As it was told last, with its formula, parts, verdicts and worst offenders, and the"
              + " versions before. UNCERTAIN when too little was measured.")
  @APIResponse(responseCode = "200", description = "The score.")
  @APIResponse(responseCode = "404", description = "The month was not scored yet.")
  public Response score(@PathParam("month") String month) {
    YearMonth read;
    try {
      read = YearMonth.parse(month);
    } catch (DateTimeException e) {
      return error(400, "'month' is '%s', expected a month such as 2026-10".formatted(month));
    }
    return health
        .score(read)
        .map(found -> answer(200, found))
        .orElseGet(() -> error(404, "%s was not scored yet".formatted(read)));
  }

  private static Response missing(String name) {
    String names =
        Arrays.stream(Metric.values()).map(Metric::word).collect(Collectors.joining(", "));
    return error(
        404,
        "'%s' is not measured; metrics are those of %s that rules/health.yaml names"
            .formatted(name, names));
  }

  private static Response error(int status, String text) {
    return answer(status, Map.of("error", text));
  }

  private static Response answer(int status, Object body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }
}
