package io.orderbridge.payment;

import io.orderbridge.kernel.Declined;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Payments verified: ask for it, and look at what it found. */
@Path("/api/payments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Payments", description = "What payment systems say, compared with the order book.")
public class PaymentResource {
  private static final int LIMIT_MAX = 1_000;

  private final PaymentDesk desk;
  private final RunList runs;

  PaymentResource(PaymentDesk desk, RunList runs) {
    this.desk = desk;
    this.runs = runs;
  }

  /** What to verify; days as 2026-11-20, both included. */
  public record Period(String connection, String from, String to) {}

  @POST
  @Path("/verify")
  @Operation(
      summary = "Verify a period now",
      description =
          "Without from and to: yesterday, in the zone of the connection; without connection: all."
              + " Answers when it is done. Audited. A run over the same state changes nothing.")
  @APIResponse(responseCode = "200", description = "The runs that were made.")
  @APIResponse(responseCode = "400", description = "No such connection in the rules, or no period.")
  @APIResponse(responseCode = "409", description = "Under way already, or it does not add up.")
  public Response verify(Period period, @Context SecurityContext security) {
    Period asked = period == null ? new Period(null, null, null) : period;
    String actor =
        security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
    return answer(
        () ->
            Response.ok(
                    Map.of(
                        "runs", desk.verify(asked.connection(), asked.from(), asked.to(), actor)))
                .build());
  }

  @GET
  @Path("/runs")
  @Operation(summary = "Runs, the newest first")
  @APIResponse(responseCode = "200", description = "Runs with counts and amounts by class.")
  @APIResponse(responseCode = "400", description = "The day is not readable.")
  public Response runs(
      @QueryParam("connection") String connection,
      @QueryParam("day") String day,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return answer(
        () ->
            Response.ok(Map.of("runs", desk.runs(connection, day, before, bounded(limit))))
                .build());
  }

  @GET
  @Path("/runs/{id}")
  @Operation(summary = "One run")
  @APIResponse(responseCode = "200", description = "The run.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response run(@PathParam("id") long id) {
    return desk.run(id)
        .map(run -> Response.ok(run).build())
        .orElseGet(() -> problem(404, "there is no run " + id));
  }

  @GET
  @Path("/runs/{id}/rows")
  @Operation(
      summary = "What a run did not find plainly the same",
      description = "By class; `after` is the id of the last row seen, to read on.")
  @APIResponse(responseCode = "200", description = "Rows, and where to go on.")
  @APIResponse(responseCode = "400", description = "No such class.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response rows(
      @PathParam("id") long id,
      @QueryParam("class") String verdict,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return answer(
        () -> {
          if (desk.run(id).isEmpty()) {
            return problem(404, "there is no run " + id);
          }
          List<Map<String, Object>> found = desk.rows(id, verdict, after, bounded(limit));
          Object next = found.isEmpty() ? after : found.get(found.size() - 1).get("id");
          return Response.ok(Map.of("rows", found, "after", next)).build();
        });
  }

  @GET
  @Path("/runs/{id}/rows.csv")
  @Produces("text/csv;charset=UTF-8")
  @Operation(summary = "The same as CSV, all of them", description = "Opens in a spreadsheet.")
  @APIResponse(responseCode = "200", description = "CSV.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response csv(@PathParam("id") long id, @QueryParam("class") String verdict) {
    return answer(
        () -> {
          if (desk.run(id).isEmpty()) {
            return problem(404, "there is no run " + id);
          }
          Verdict wanted = PaymentDesk.verdict(verdict);
          StreamingOutput body =
              out -> {
                Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                writer.write(PaymentCsv.head());
                List<RunList.Row> page = runs.rows(id, wanted, 0, LIMIT_MAX);
                while (!page.isEmpty()) {
                  for (RunList.Row row : page) {
                    writer.write(PaymentCsv.line(row));
                  }
                  page = runs.rows(id, wanted, page.get(page.size() - 1).id(), LIMIT_MAX);
                }
                writer.flush();
              };
          return Response.ok(body, "text/csv;charset=UTF-8")
              .header("Content-Disposition", "attachment; filename=\"payments-" + id + ".csv\"")
              .build();
        });
  }

  private static int bounded(int limit) {
    return Math.max(1, Math.min(limit, LIMIT_MAX));
  }

  private static Response answer(Supplier<Response> found) {
    try {
      return found.get();
    } catch (Declined e) {
      return problem(e.status(), e.getMessage());
    }
  }

  private static Response problem(int status, String text) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("error", text))
        .build();
  }
}
