package io.orderbridge.reconciliation;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One run: what came out, entry by entry. */
@Path("/api/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliations", description = "Two books that have to agree, day by day.")
public class RunResource {
  private static final int PAGE_MAX = 1_000;

  private final RunReads reads;
  private final ReconciliationBook book;

  RunResource(RunReads reads, ReconciliationBook book) {
    this.reads = reads;
    this.book = book;
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}")
  @Operation(
      summary = "One run",
      description =
          "Counts, sums, what was missing, root and hash. While it runs: phase, done, total, how"
              + " many a second, remaining seconds.")
  @APIResponse(responseCode = "200", description = "The run; `state` is DONE, RUNNING or FAILED.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response one(@PathParam("id") long id) {
    return Replies.to(() -> Replies.of(200, book.run(id)));
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/items")
  @Operation(
      summary = "What did not simply match, by class and key",
      description = "`after` is the number of the last item seen, to read on.")
  @APIResponse(responseCode = "200", description = "Items, and where to go on.")
  @APIResponse(responseCode = "400", description = "No such class or outcome.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response items(
      @PathParam("id") long id,
      @QueryParam("class") String kind,
      @QueryParam("outcome") String outcome,
      @QueryParam("after") @DefaultValue("0") int after,
      @QueryParam("limit") @DefaultValue("100") int limit,
      @HeaderParam("Accept-Language") @DefaultValue("en") String language) {
    return Replies.to(
        () -> {
          List<Map<String, Object>> items =
              book.items(
                  id,
                  wanted(kind, outcome, after),
                  Math.max(1, Math.min(limit, PAGE_MAX)),
                  locale(language));
          Object next = items.isEmpty() ? after : items.get(items.size() - 1).get("no");
          return Replies.of(200, Map.of("items", items, "after", next));
        });
  }

  static Locale locale(String language) {
    return language.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH;
  }

  private static ReconciliationBook.Wanted wanted(String kind, String outcome, int after) {
    return new ReconciliationBook.Wanted(
        one("class", kind, BreakClass.class), one("outcome", outcome, Outcome.class), after);
  }

  static <E extends Enum<E>> E one(String name, String text, Class<E> type) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is '%s', expected one of %s"
                        .formatted(name, text, Arrays.toString(type.getEnumConstants()))));
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/items.csv")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "The same as CSV, all of them", description = "Opens in a spreadsheet.")
  @APIResponse(responseCode = "200", description = "CSV.")
  @APIResponse(responseCode = "404", description = "No such run.")
  public Response csv(
      @PathParam("id") long id,
      @QueryParam("class") String kind,
      @QueryParam("outcome") String outcome) {
    return Replies.to(
        () -> {
          book.known(id);
          RunReads.Filter filter = wanted(kind, outcome, 0).filter();
          return ReportFile.answer(
              "run-" + id + ".csv",
              ReportFile.CSV,
              out -> ItemCsv.write(out, row -> reads.each(id, filter, Integer.MAX_VALUE, row)));
        });
  }

  @GET
  @Path("/runs/{id: \\d{1,18}}/entries/{key}")
  @Operation(
      summary = "What became of a key, and why",
      description = "Of any key that came into the run, matched ones as well.")
  @APIResponse(responseCode = "200", description = "Its entries on both sides, and its items.")
  @APIResponse(responseCode = "404", description = "No such run, or the key did not come into it.")
  public Response entry(
      @PathParam("id") long id,
      @PathParam("key") String key,
      @HeaderParam("Accept-Language") @DefaultValue("en") String language) {
    return Replies.to(() -> Replies.of(200, book.entry(id, key, locale(language))));
  }
}
