package io.orderbridge.outbox;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Orders whose shop has to be told in time that they were shipped. */
@Path("/api/upload-deadlines")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Upload deadlines", description = "Shipments that a shop has to be told of in time.")
public class DeadlineResource {
  private static final Set<String> STATES = Set.of("open", "at-risk", "breached", "all");
  private static final int LIMIT_MAX = 1_000;

  private final Deadlines deadlines;
  private final UploadRisk risk;

  public DeadlineResource(Deadlines deadlines, UploadRisk risk) {
    this.deadlines = deadlines;
    this.risk = risk;
  }

  @GET
  @Operation(
      summary = "Orders at risk, breached or open",
      description =
          "The earliest deadline first. `at-risk`: warned and not told yet; `breached`: told too"
              + " late (metAt) or not at all; `open`: both before their end; `all`: met and void"
              + " ones as well. `counts` are per target: at risk, late and not told, and ever"
              + " late.")
  @APIResponse(responseCode = "200", description = "At most 1,000 deadlines.")
  @APIResponse(responseCode = "400", description = "No such state.")
  public Response list(@QueryParam("state") String state, @QueryParam("target") String target) {
    String wanted = state == null ? "at-risk" : state;
    if (!STATES.contains(wanted)) {
      return Response.status(400)
          .entity(Map.of("error", "'state' is one of open, at-risk, breached, all"))
          .build();
    }
    return Response.ok(
            Map.of("deadlines", deadlines.list(target, wanted, LIMIT_MAX), "counts", risk.counts()))
        .build();
  }
}
