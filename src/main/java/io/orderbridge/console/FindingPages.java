package io.orderbridge.console;

import io.orderbridge.consistency.ComparisonView;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Money;
import io.orderbridge.passport.PassportViews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What is not as it should be, and what comparisons of systems found. Reads only. */
@Path(FindingPages.LIST)
public class FindingPages {
  static final String LIST = "/console/findings";
  private static final int PAGE = 50;
  private static final List<String> STATES = List.of("open", "cleared", "all");
  private static final List<String> FIELDS = List.of("state", "kind", "code", "subject");

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final TicketRow words;
  private final Found found;

  /** Where it comes from. */
  @jakarta.inject.Singleton
  static class Found {
    private final Findings findings;
    private final ComparisonView comparisons;
    private final Matters matters;

    Found(Findings findings, ComparisonView comparisons, Matters matters) {
      this.findings = findings;
      this.comparisons = comparisons;
      this.matters = matters;
    }
  }

  FindingPages(Pages pages, Visit visit, PassportViews views, TicketRow words, Found found) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.words = words;
    this.found = found;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@Context UriInfo uri, @QueryParam("before") Long before) {
    return pages.page(
        Rights.FINDINGS,
        () -> {
          Map<String, String> f = fields(uri.getQueryParameters());
          List<Findings.Stored> rows = found.findings.list(filter(f, before), PAGE);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "fd_title"));
          model.put("f", f);
          model.put("filtered", !Fields.query(f).isEmpty());
          model.put("states", STATES.stream().map(one -> named("fd_list_", one)).toList());
          model.put(
              "kinds",
              Arrays.stream(Finding.Kind.values())
                  .map(kind -> named("tk_kind_", kind.name()))
                  .toList());
          model.put("mayPayments", visit.may(Rights.PAYMENTS));
          model.put("tiles", tiles());
          model.put("rows", rows.stream().map(this::row).toList());
          Map<String, String> next = new LinkedHashMap<>(f);
          if (rows.size() == PAGE) {
            next.put("before", Long.toString(rows.get(PAGE - 1).id()));
          }
          model.put("next", rows.size() < PAGE ? "" : Fields.query(next));
          return pages.render("findings", model);
        });
  }

  private static Map<String, String> fields(MultivaluedMap<String, String> query) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : FIELDS) {
      String value = query.getFirst(name);
      fields.put(name, value == null ? "" : value.strip());
    }
    return fields;
  }

  private static Findings.Filter filter(Map<String, String> f, Long before) {
    String state = f.get("state").isEmpty() ? "open" : f.get("state");
    if (!STATES.contains(state)) {
      throw new IllegalArgumentException("state: " + String.join(", ", STATES));
    }
    return new Findings.Filter(
        none(f.get("kind")),
        none(f.get("code")),
        none(f.get("subject")),
        state.equals("all") ? null : state.toUpperCase(Locale.ROOT),
        before);
  }

  private static String none(String text) {
    return text.isEmpty() ? null : text;
  }

  private Map<String, Object> named(String prefix, String value) {
    return Map.of("value", value, "name", words.word(prefix, value));
  }

  private List<Map<String, Object>> tiles() {
    List<Map<String, Object>> tiles = new ArrayList<>();
    Map<String, long[]> byKind = new LinkedHashMap<>();
    found
        .findings
        .counts()
        .forEach(
            (key, count) -> {
              String[] both = key.split("/", 2);
              long[] sums = byKind.computeIfAbsent(both[0], any -> new long[2]);
              sums[0] += count;
              sums[1] += both[1].equals("BREACH") ? count : 0;
            });
    byKind.forEach(
        (kind, sums) ->
            tiles.add(
                Map.of(
                    "name",
                    words.word("tk_kind_", kind),
                    "count",
                    sums[0],
                    "mood",
                    sums[1] > 0 ? "bad" : "warn",
                    "query",
                    Fields.query(Map.of("kind", kind)))));
    return tiles;
  }

  private Map<String, Object> row(Findings.Stored stored) {
    Finding finding = stored.finding();
    Money amount = finding.amount();
    String kind = finding.kind().name();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", stored.id());
    row.put("kind", words.word("tk_kind_", kind));
    row.put("code", finding.code());
    row.put("breach", finding.level().name().equals("BREACH"));
    row.put("level", words.word("tk_level_", finding.level().name()));
    row.put("subject", finding.subject());
    row.put("path", found.matters.path(kind, finding.code(), finding.subject()));
    row.put("text", words.said(finding.text().in(visit.locale())));
    row.put(
        "amount",
        amount == null ? "" : amount.toDecimal() + " " + amount.currency().getCurrencyCode());
    row.put("opened", views.time(stored.openedAt()));
    row.put("cleared", views.time(stored.clearedAt()));
    Map<String, String> ticket = new LinkedHashMap<>();
    ticket.put("state", "all");
    ticket.put("kind", kind);
    ticket.put("subject", finding.subject());
    row.put("tickets", Fields.query(ticket));
    return row;
  }

  @GET
  @Path("/comparisons")
  @Operation(hidden = true)
  public Response comparisons(
      @QueryParam("system") String system, @QueryParam("before") Long before) {
    return pages.page(
        Rights.FINDINGS,
        () -> {
          String wanted = system == null ? "" : system.strip();
          List<Map<String, Object>> runs = found.comparisons.list(wanted, before, PAGE);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "fd_comparisons"));
          model.put("system", wanted);
          model.put("systems", found.comparisons.systems());
          model.put("rows", runs.stream().map(this::run).toList());
          Map<String, String> next = new LinkedHashMap<>();
          next.put("system", wanted);
          if (runs.size() == PAGE) {
            next.put("before", runs.get(PAGE - 1).get("id").toString());
          }
          model.put("next", runs.size() < PAGE ? "" : Fields.query(next));
          model.put("reportLang", visit.locale().getLanguage());
          return pages.render("findings-comparisons", model);
        });
  }

  private Map<String, Object> run(Map<String, Object> view) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", view.get("id"));
    row.put("system", view.get("system"));
    row.put("from", views.time(Instant.parse(view.get("from").toString())));
    row.put("to", views.time(Instant.parse(view.get("to").toString())));
    row.put("state", words.word("fd_run_", view.get("state").toString()));
    row.put("done", view.get("state").equals("DONE"));
    row.put("problem", view.getOrDefault("problem", ""));
    row.put("ours", view.getOrDefault("ours", ""));
    row.put("theirs", view.getOrDefault("theirs", ""));
    List<Map<String, Object>> parts = new ArrayList<>();
    if (view.get("summary") instanceof Map<?, ?> summary) {
      summary.forEach(
          (part, count) ->
              parts.add(
                  Map.of(
                      "name",
                      ComparisonView.part(part.toString(), visit.locale()),
                      "count",
                      count)));
    }
    row.put("parts", parts);
    return row;
  }
}
