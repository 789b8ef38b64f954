package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Person;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The difference rates of months. Rooted like the other resources of reconciliations: a longer path
 * would hide theirs.
 */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Difference rate", description = "What is open, of what was sold; below 0.3 %.")
public class RateResource {
  private final RateBook rates;

  RateResource(RateBook rates) {
    this.rates = rates;
  }

  @GET
  @Path("/rates")
  @Operation(
      summary = "The difference rates of a month",
      description =
          "`month` is 2026-10, without it the month that runs. All reconciliations together by a"
              + " null name, then each. Amounts of open breaks without their signs; what is not"
              + " due yet is no break.")
  @APIResponse(responseCode = "200", description = "By currency; frozen ones do not move.")
  @APIResponse(responseCode = "409", description = "Nothing says what was sold.")
  public Response month(@QueryParam("month") String month) {
    return Replies.to(() -> Replies.of(200, rates.of(month)));
  }

  @POST
  @Path("/rates/{month}/freeze")
  @Operation(
      summary = "Tell the rates of a month for good",
      description = "Asked twice they stay as they are. Roles finance, owner, manager.")
  @APIResponse(responseCode = "200", description = "The rates, with the snapshots they are of.")
  @APIResponse(responseCode = "409", description = "The month is not over.")
  public Response freeze(@PathParam("month") String month, @Context SecurityContext security) {
    return Replies.to(
        () ->
            Replies.of(
                200,
                rates.freeze(
                    Person.of(security.getUserPrincipal(), security::isUserInRole), month)));
  }
}
