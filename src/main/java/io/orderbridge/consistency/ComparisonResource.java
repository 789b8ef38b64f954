package io.orderbridge.consistency;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Comparisons of systems with the order book: runs, reports, and a run on demand. */
@Path("/api/comparisons")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Comparisons", description = "Whether all systems show the same orders.")
public class ComparisonResource {
  private static final int LIMIT_MAX = 1_000;
  private static final int PAGE = 1_000;
  private static final String CSV = "text/csv; charset=UTF-8";
  private static final String HTML = "text/html; charset=UTF-8";
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Database database;
  private final ComparisonRuns runs;
  private final Comparisons comparisons;
  private final ComparisonPage page;
  private final Clock clock;

  ComparisonResource(
      Database database,
      ComparisonRuns runs,
      Comparisons comparisons,
      ComparisonPage page,
      Clock clock) {
    this.database = database;
    this.runs = runs;
    this.comparisons = comparisons;
    this.page = page;
    this.clock = clock;
  }

  /**
   * What to compare.
   *
   * @param from with {@code to}: a day, or ISO-8601 with offset; without both the pair's own period
   */
  public record Wanted(String system, String from, String to) {}

  @GET
  @Operation(
      summary = "Runs, the newest first",
      description = "`system` narrows down; `before` is the id of the last one seen, to read on.")
  @APIResponse(responseCode = "200", description = "Runs, and the pairs that are compared.")
  public Map<String, Object> list(
      @QueryParam("system") @DefaultValue("") String system,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    List<Map<String, Object>> found =
        runs
            .list(
                system,
                before == null ? Long.MAX_VALUE : before,
                Math.max(1, Math.min(limit, LIMIT_MAX)))
            .stream()
            .map(ComparisonRun::view)
            .toList();
    List<Map<String, Object>> pairs =
        comparisons.all().stream()
            .map(
                pair -> {
                  Map<String, Object> view = new LinkedHashMap<>();
                  view.put("system", pair.system());
                  view.put("source", pair.source());
                  view.put("owner", pair.owner());
                  return view;
                })
            .toList();
    return Map.of("comparisons", found, "pairs", pairs);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Compare a system now",
      description = "Made within seconds by one of the processes; asked twice it is made once.")
  @APIResponse(responseCode = "202", description = "The run; GET it to see how far it is.")
  @APIResponse(responseCode = "400", description = "The period is not readable.")
  @APIResponse(responseCode = "404", description = "No such pair.")
  public Response compare(Wanted wanted, @Context SecurityContext security) {
    Optional<ComparisonPair> pair =
        wanted == null || wanted.system() == null
            ? Optional.empty()
            : comparisons.find(wanted.system());
    if (pair.isEmpty()) {
      return problem(
          404, ComparisonJob.unknown(wanted == null ? null : wanted.system(), comparisons));
    }
    Instant now = clock.instant();
    ComparisonPeriod period;
    try {
      period =
          wanted.from() == null && wanted.to() == null
              ? ComparisonPeriod.last(pair.get(), pair.get().days(), now)
              : ComparisonPeriod.of(pair.get(), wanted.from(), wanted.to(), now);
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
    String actor =
        security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
    ComparisonRun asked =
        database.inTransaction(
            connection -> {
              long run = ComparisonRuns.ask(connection, period, actor, now);
              String detail = "from=%s to=%s".formatted(period.from(), period.to());
              Audit.write(
                  connection,
                  new Audit.Act(actor, "comparison.asked", period.system(), "", detail));
              return ComparisonRuns.find(connection, run).orElseThrow();
            });
    return Response.accepted(asked.view()).build();
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One run with its first 1,000 differences",
      description = "All of them stand in report.csv and report.xlsx.")
  @APIResponse(responseCode = "200", description = "The run; its state tells how far it is.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response find(@PathParam("id") long id) {
    return of(
        id,
        run -> {
          Map<String, Object> view = run.view();
          view.put(
              "differences",
              runs.rows(run, ComparisonRun.After.START, LIMIT_MAX).stream()
                  .map(ComparisonRun.Row::view)
                  .toList());
          return Response.ok(view).build();
        });
  }

  @GET
  @Path("/{id}/report.html")
  @Produces(HTML)
  @Operation(summary = "The report as a page", description = "`lang` is zh or en.")
  @APIResponse(responseCode = "200", description = "A page without script or outside files.")
  @APIResponse(responseCode = "404", description = "No such run.")
  @APIResponse(responseCode = "409", description = "It is not made yet.")
  public Response html(
      @PathParam("id") long id,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted) {
    return made(
        id,
        run ->
            Response.ok(
                    page.html(
                        run,
                        runs.rows(run, ComparisonRun.After.START, ComparisonPage.ROWS_MAX + 1),
                        comparisons.find(run.system()).map(ComparisonPair::owner).orElse(""),
                        zone(run),
                        ComparisonWords.locale(lang, accepted)),
                    HTML)
                .header("Content-Security-Policy", page.policy())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Vary", "Accept-Language")
                .build());
  }

  @GET
  @Path("/{id}/report.csv")
  @Produces(CSV)
  @Operation(summary = "The differences as CSV", description = "`lang` is zh or en.")
  @APIResponse(responseCode = "200", description = "One row per difference.")
  @APIResponse(responseCode = "404", description = "No such run.")
  @APIResponse(responseCode = "409", description = "It is not made yet.")
  public Response csv(
      @PathParam("id") long id,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted) {
    return made(id, run -> file(run, "csv", CSV, report(run, lang, accepted)::csv));
  }

  @GET
  @Path("/{id}/report.xlsx")
  @Produces(XLSX)
  @Operation(summary = "The report as a workbook", description = "`lang` is zh or en.")
  @APIResponse(responseCode = "200", description = "Totals first, then the differences, red.")
  @APIResponse(responseCode = "404", description = "No such run.")
  @APIResponse(responseCode = "409", description = "It is not made yet.")
  public Response xlsx(
      @PathParam("id") long id,
      @QueryParam("lang") String lang,
      @HeaderParam("Accept-Language") String accepted) {
    return made(id, run -> file(run, "xlsx", XLSX, report(run, lang, accepted)::xlsx));
  }

  private ComparisonReport report(ComparisonRun run, String lang, String accepted) {
    return new ComparisonReport(
        run,
        after -> runs.rows(run, after, PAGE),
        zone(run),
        ComparisonWords.locale(lang, accepted));
  }

  private ZoneId zone(ComparisonRun run) {
    return comparisons.find(run.system()).map(ComparisonPair::zone).orElse(ZoneOffset.UTC);
  }

  private static Response file(
      ComparisonRun run, String end, String type, StreamingOutput content) {
    String name = ComparisonReport.fileName(run, end);
    return Response.ok(content, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private Response made(long id, Function<ComparisonRun, Response> report) {
    return of(
        id,
        run ->
            run.state() == ComparisonRun.State.DONE
                ? report.apply(run)
                : problem(409, "comparison %d is %s".formatted(id, run.state())));
  }

  private Response of(long id, Function<ComparisonRun, Response> answer) {
    return runs.find(id).map(answer).orElseGet(() -> problem(404, "there is no comparison " + id));
  }

  private static Response problem(int status, String text) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("error", text))
        .build();
  }
}
