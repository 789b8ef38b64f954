package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The gap of a run or of a month, split into its causes. Rooted like the other resources of
 * reconciliations: a longer path would hide theirs.
 */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports", description = "Three tables that foot, and the gap split into its causes.")
public class WaterfallResource {
  private static final String SVG = "image/svg+xml";

  private final Reports reports;
  private final ReportReads reads;

  WaterfallResource(Reports reports, ReportReads reads) {
    this.reports = reports;
    this.reads = reads;
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/waterfall")
  @Operation(
      summary = "The gap of a run, split into its causes",
      description =
          "`bar` gives the first 1,000 items of a bar instead; all of them stand in"
              + " differences.csv. Roles finance, owner, manager.")
  @APIResponse(responseCode = "200", description = "One waterfall per currency; nothing remains.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response ofRun(
      @PathParam("id") long id, @QueryParam("bar") String bar, @Context SecurityContext security) {
    return ReportAsked.answer(
        security, ReportAsked.run(reports, id, null, null), asked -> bars(asked, bar));
  }

  @GET
  @Path("/{name: [a-z0-9-]+}/waterfall")
  @Operation(
      summary = "The gap of a month, split into its causes",
      description = "`month` is 2026-10; the rest as of a run.")
  @APIResponse(responseCode = "200", description = "One waterfall per currency; nothing remains.")
  @APIResponse(responseCode = "404", description = "No run in that month.")
  public Response ofMonth(
      @PathParam("name") String name,
      @QueryParam("month") String month,
      @QueryParam("bar") String bar,
      @Context SecurityContext security) {
    return ReportAsked.answer(
        security, ReportAsked.month(reports, name, month, null, null), asked -> bars(asked, bar));
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/waterfall.svg")
  @Produces(MediaType.WILDCARD)
  @Operation(
      summary = "The waterfall of a run as a picture",
      description = "Of one `currency`, the first when none is named. `lang` is zh or en.")
  @APIResponse(responseCode = "200", description = "SVG without script, for light and dark.")
  @APIResponse(responseCode = "404", description = "No such run or currency.")
  public Response pictureOfRun(
      @PathParam("id") long id,
      @QueryParam("currency") String currency,
      @QueryParam("lang") String lang,
      @Context SecurityContext security) {
    return ReportAsked.answer(
        security, ReportAsked.run(reports, id, lang, null), asked -> picture(asked, currency));
  }

  @GET
  @Path("/{name: [a-z0-9-]+}/waterfall.svg")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "The waterfall of a month as a picture", description = "As of a run.")
  @APIResponse(responseCode = "200", description = "SVG without script, for light and dark.")
  @APIResponse(responseCode = "404", description = "No run in that month, or no such currency.")
  public Response pictureOfMonth(
      @PathParam("name") String name,
      @QueryParam("month") String month,
      @QueryParam("currency") String currency,
      @QueryParam("lang") String lang,
      @Context SecurityContext security) {
    return ReportAsked.answer(
        security,
        ReportAsked.month(reports, name, month, lang, null),
        asked -> picture(asked, currency));
  }

  private Response bars(ReportAsked asked, String bar) {
    return Replies.of(
        200,
        bar == null || bar.isBlank()
            ? reads.waterfalls(asked.wanted())
            : reads.items(asked.wanted(), bar));
  }

  private Response picture(ReportAsked asked, String currency) {
    Reports.Told told = reports.totals(asked.wanted());
    List<Waterfall> all = told.totals().waterfalls();
    Waterfall wanted =
        all.stream()
            .filter(one -> currency == null || one.unit().equals(currency))
            .findFirst()
            .orElseThrow(
                () ->
                    new Declined(
                        Declined.Kind.MISSING,
                        "'currency' is %s, expected one of %s"
                            .formatted(currency, all.stream().map(Waterfall::unit).toList())));
    return Response.ok(WaterfallSvg.svg(told.scope().what(), wanted, asked.locale()), SVG)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
