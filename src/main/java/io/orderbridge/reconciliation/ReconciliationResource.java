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
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reconciliations: what there is, what was run, run it now. */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliations", description = "Two books that have to agree, day by day.")
public class ReconciliationResource {
  private final ReconciliationBook book;
  private final RunActs acts;

  ReconciliationResource(ReconciliationBook book, RunActs acts) {
    this.book = book;
    this.acts = acts;
  }

  @GET
  @Operation(
      summary = "All reconciliations",
      description =
          "With their newest run; `rests` names books that no connection declares, `attempts` runs"
              + " that are under way or failed.")
  @APIResponse(responseCode = "200", description = "By name.")
  public Response all() {
    return Replies.of(200, Map.of("reconciliations", book.all()));
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "One reconciliation, with its file and its newest run")
  @APIResponse(responseCode = "200", description = "The reconciliation.")
  @APIResponse(responseCode = "404", description = "No such reconciliation.")
  public Response one(@PathParam("name") String name) {
    return Replies.to(() -> Replies.of(200, book.one(name)));
  }

  @GET
  @Path("/{name}/runs")
  @Operation(
      summary = "Runs of a period, the newest first",
      description = "All versions; without from and to the last 31 days.")
  @APIResponse(responseCode = "200", description = "Runs with counts and sums.")
  @APIResponse(responseCode = "400", description = "No period.")
  @APIResponse(responseCode = "404", description = "No such reconciliation.")
  public Response list(
      @PathParam("name") String name,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    return Replies.to(
        () -> {
          LocalDate first = from == null ? null : RunActs.day("from", from);
          LocalDate last = to == null ? null : RunActs.day("to", to);
          return Replies.of(200, Map.of("runs", book.runs(name, first, last)));
        });
  }

  @POST
  @Path("/{name}/runs")
  @Operation(
      summary = "Run a day now",
      description =
          "By the rules in force; over the same snapshots by the same rules it is the run that is"
              + " there. With `as-of`, the number of a version, that run is made again by its own"
              + " rules over its own snapshots, compared and thrown away. Audited; for finance and"
              + " the owner.")
  @APIResponse(responseCode = "200", description = "The run; with as-of whether it is the same.")
  @APIResponse(responseCode = "400", description = "No such day or version, or nothing is there.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "404", description = "No such reconciliation.")
  @APIResponse(responseCode = "409", description = "It rests, or it does not add up.")
  public Response run(
      @PathParam("name") String name,
      @QueryParam("day") String day,
      @QueryParam("as-of") Integer version,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Person person = Person.of(security.getUserPrincipal(), security::isUserInRole);
          return Replies.of(
              200,
              version == null
                  ? acts.run(person, name, day)
                  : acts.again(person, name, day, version));
        });
  }
}
