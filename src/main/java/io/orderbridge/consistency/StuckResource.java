package io.orderbridge.consistency;

import io.orderbridge.kernel.Level;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Orders that do not move. */
@Path("/api/stuck")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stuck orders", description = "Orders that are longer in a status than they may be.")
public class StuckResource {
  private static final int LIMIT_MAX = 1_000;
  private static final Set<String> LEVELS = Set.of("WARNING", "BREACH");

  private final StuckOrders orders;
  private final Clock clock;

  StuckResource(StuckOrders orders, Clock clock) {
    this.orders = orders;
    this.clock = clock;
  }

  @GET
  @Operation(
      summary = "Orders that do not move, the longest first",
      description =
          "`status`, `shop` and `level` (WARNING from 80 % of the limit on, BREACH) narrow down."
              + " Each with its age, its limit and the milestone it waits for; counts per status.")
  @APIResponse(responseCode = "200", description = "At most 1,000 orders, and counts of all.")
  @APIResponse(responseCode = "400", description = "No such status or level.")
  public Response list(
      @QueryParam("status") String status,
      @QueryParam("shop") String shop,
      @QueryParam("level") String level,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (status != null && !StuckStep.isOne(status)) {
      return problem("'status' is one of " + String.join(", ", StuckStep.statuses()));
    }
    if (level != null && !LEVELS.contains(level)) {
      return problem("'level' is WARNING or BREACH");
    }
    Instant now = clock.instant();
    StuckOrders.Filter filter =
        new StuckOrders.Filter(status, shop, level == null ? null : Level.valueOf(level));
    int max = Math.max(1, Math.min(limit, LIMIT_MAX));
    return Response.ok(Map.of("stuck", orders.list(filter, max, now), "counts", orders.counts(now)))
        .build();
  }

  private static Response problem(String text) {
    return Response.status(400).entity(Map.of("error", text)).build();
  }
}
