package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import io.orderbridge.console.BookRuns.Place;
import io.orderbridge.reconciliation.ReportReads;
import io.orderbridge.reconciliation.ReportReads.Which;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The report of a run or of a month: its waterfall, the items of a bar, and the three tables of
 * finance, operations and warehouse, part by part.
 */
@Path("/console/books/reports")
public class BookReportPages {
  private static final String TABLE = "{table: sales|receipts|differences}";
  private static final String RUN = "/runs/{id: \\d{1,18}}/";
  private static final String MONTH = "/months/{name: [a-z0-9-]+}/{month: \\d{4}-\\d{2}}";
  private static final int PAGE = 100;
  private static final int SKIP_MAX = 1_000_000;

  private final Pages pages;
  private final BookViews views;
  private final BookRuns runs;
  private final Books books;

  BookReportPages(Pages pages, BookViews views, BookRuns runs, Books books) {
    this.pages = pages;
    this.views = views;
    this.runs = runs;
    this.books = books;
  }

  /** The field of a form becomes an address. */
  @GET
  @Path("/month")
  @Operation(hidden = true)
  public Response month(@QueryParam("of") String name, @QueryParam("month") String month) {
    return pages.page(
        Rights.REPORTS,
        () -> {
          String named = Objects.toString(name, "");
          books.reconciliations().one(named);
          books.reports().waterfalls(Which.month(named, month));
          return Pages.goTo(Place.month(named, month).page());
        });
  }

  @GET
  @Path(MONTH)
  @Operation(hidden = true)
  public Response ofMonth(@PathParam("name") String name, @PathParam("month") String month) {
    return pages.page(
        Rights.REPORTS,
        () -> {
          String of = views.in(books.reconciliations().one(name).get("title"));
          Map<String, Object> model = views.model(of + " " + month, "");
          model.put("name", name);
          model.put("of", of);
          model.put("month", month);
          runs.gap(model, Which.month(name, month), Place.month(name, month));
          return pages.render("books-month", model);
        });
  }

  @GET
  @Path(MONTH + "/bar")
  @Operation(hidden = true)
  public Response barOfMonth(
      @PathParam("name") String name,
      @PathParam("month") String month,
      @QueryParam("bar") @DefaultValue("") String bar) {
    return bar(Which.month(name, month), bar, Place.month(name, month));
  }

  @GET
  @Path(RUN + "bar")
  @Operation(hidden = true)
  public Response barOfRun(
      @PathParam("id") long id, @QueryParam("bar") @DefaultValue("") String bar) {
    return bar(Which.run(id), bar, Place.run(id));
  }

  private Response bar(Which which, String bar, Place place) {
    return pages.page(
        Rights.REPORTS,
        () -> {
          Map<String, Object> found = books.reports().items(which, bar);
          List<Map<String, Object>> items = Told.list(found.get("items"));
          Map<String, Object> model = views.model(views.say("books_bar_title", bar), "");
          model.put("count", found.get("count"));
          model.put("shown", items.size());
          model.put("back", place.page());
          model.put("rows", items.stream().map(this::item).toList());
          return pages.render("books-bar", model);
        });
  }

  private Map<String, Object> item(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (String same :
        List.of("period", "rule", "key", "shop", "currency", "left", "right", "gap", "since")) {
      row.put(same, Told.text(one, same));
    }
    row.put("age", one.get("age"));
    row.put("outcome", views.word("books_outcome_", one.get("outcome")));
    row.put("isBreak", "BREAK".equals(one.get("outcome")));
    row.put("why", views.in(one.get("why")));
    return row;
  }

  @GET
  @Path(RUN + TABLE)
  @Operation(hidden = true)
  public Response tableOfRun(
      @PathParam("id") long id,
      @PathParam("table") String table,
      @QueryParam("skip") @DefaultValue("0") int skip) {
    return table(Which.run(id), table, skip, Place.run(id));
  }

  @GET
  @Path(MONTH + "/" + TABLE)
  @Operation(hidden = true)
  public Response tableOfMonth(
      @PathParam("name") String name,
      @PathParam("month") String month,
      @PathParam("table") String table,
      @QueryParam("skip") @DefaultValue("0") int skip) {
    return table(Which.month(name, month), table, skip, Place.month(name, month));
  }

  private Response table(Which which, String table, int skip, Place place) {
    return pages.page(
        Rights.REPORTS,
        () -> {
          int from = Math.max(0, Math.min(skip, SKIP_MAX));
          ReportReads.Part part = books.reports().table(which, table, from, PAGE, views.locale());
          Map<String, Object> model = views.model(part.title(), "");
          model.put("headings", part.headings());
          model.put("rows", part.rows().stream().map(this::row).toList());
          model.put("first", from + 1);
          model.put("last", from + part.rows().size());
          model.put("next", part.more() ? "?skip=" + (from + PAGE) : "");
          model.put("before", from > 0 ? "?skip=" + Math.max(0, from - PAGE) : "");
          model.put("back", place.page());
          model.put("csv", place.api() + "/" + table + ".csv" + place.query());
          model.put("and", place.query().isEmpty() ? "?" : "&");
          return pages.render("books-table", model);
        });
  }

  private Map<String, Object> row(ReportReads.Row row) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (Object cell : row.cells()) {
      String text = cell instanceof Instant at ? views.time(at) : plain(cell);
      cells.add(Map.of("text", text, "n", cell instanceof Number));
    }
    return Map.of("cells", cells, "red", row.red());
  }

  private static String plain(Object cell) {
    return cell instanceof java.math.BigDecimal amount
        ? amount.toPlainString()
        : Objects.toString(cell, "");
  }
}
