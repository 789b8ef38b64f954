package io.orderbridge.reconciliation;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Reports of a run or of a month. Rooted like the other resources of reconciliations: a longer path
 * would hide theirs.
 */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports", description = "Three tables that foot, and the gap split into its causes.")
public class ReportResource {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Reports reports;

  ReportResource(Reports reports) {
    this.reports = reports;
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/report.xlsx")
  @Produces(MediaType.WILDCARD)
  @Operation(
      summary = "The report of a run as a workbook",
      description =
          "Totals, waterfall, definitions and sources first, then sales summary, receipts detail"
              + " and difference list. The same run gives the same bytes. `lang` is zh or en."
              + " Roles finance, owner, manager.")
  @APIResponse(responseCode = "200", description = "The workbook.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "404", description = "No such run.")
  @APIResponse(responseCode = "409", description = "It does not add up; says by how much.")
  public Response runBook(
      @PathParam("id") long id,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted,
      @Context SecurityContext security) {
    return ReportAsked.answer(security, ReportAsked.run(reports, id, lang, accepted), this::xlsx);
  }

  @GET
  @Path("/{name: [a-z0-9-]+}/report.xlsx")
  @Produces(MediaType.WILDCARD)
  @Operation(
      summary = "The report of a month as a workbook",
      description =
          "`month` is 2026-10: the newest run of each of its days, what was carried over counted"
              + " once. Roles finance, owner, manager.")
  @APIResponse(responseCode = "200", description = "The workbook.")
  @APIResponse(responseCode = "400", description = "No month.")
  @APIResponse(responseCode = "404", description = "No run in that month.")
  @APIResponse(responseCode = "409", description = "It does not add up, or a run is out of date.")
  public Response monthBook(
      @PathParam("name") String name,
      @QueryParam("month") String month,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted,
      @Context SecurityContext security) {
    return ReportAsked.answer(
        security, ReportAsked.month(reports, name, month, lang, accepted), this::xlsx);
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/{table: sales|receipts|differences}.csv")
  @Produces(MediaType.WILDCARD)
  @Operation(
      summary = "A table of a run as CSV",
      description = "sales (销售汇总), receipts (实收明细) or differences (差异清单).")
  @APIResponse(responseCode = "200", description = "The table with a heading.")
  @APIResponse(responseCode = "409", description = "The report does not add up.")
  public Response runTable(
      @PathParam("id") long id,
      @PathParam("table") String table,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted,
      @Context SecurityContext security) {
    return ReportAsked.answer(
        security, ReportAsked.run(reports, id, lang, accepted), asked -> csv(asked, table));
  }

  @GET
  @Path("/{name: [a-z0-9-]+}/{table: sales|receipts|differences}.csv")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "A table of a month as CSV", description = "`month` is 2026-10.")
  @APIResponse(responseCode = "200", description = "The table with a heading.")
  @APIResponse(responseCode = "409", description = "The report does not add up.")
  public Response monthTable(
      @PathParam("name") String name,
      @PathParam("table") String table,
      @QueryParam("month") String month,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted,
      @Context SecurityContext security) {
    return ReportAsked.answer(
        security,
        ReportAsked.month(reports, name, month, lang, accepted),
        asked -> csv(asked, table));
  }

  private Response xlsx(ReportAsked asked) {
    return ReportFile.answer(
        asked.file() + ".xlsx", XLSX, out -> reports.xlsx(asked.wanted(), asked.locale(), out));
  }

  private Response csv(ReportAsked asked, String table) {
    ReportTable.Kind kind = ReportTable.Kind.valueOf(table.toUpperCase(Locale.ROOT));
    return ReportFile.answer(
        "%s-%s.csv".formatted(asked.file(), table),
        ReportFile.CSV,
        out -> reports.csv(asked.wanted(), kind, asked.locale(), out));
  }
}
