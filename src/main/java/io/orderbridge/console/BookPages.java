package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Reconciliations at a glance, and the days of one: which of them do not add up. */
@Path("/console/books")
public class BookPages {
  private final Pages pages;
  private final BookViews views;
  private final BookRuns runs;
  private final Books books;

  BookPages(Pages pages, BookViews views, BookRuns runs, Books books) {
    this.pages = pages;
    this.views = views;
    this.runs = runs;
    this.books = books;
  }

  @GET
  @Operation(hidden = true)
  public Response overview() {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> model = views.model(views.say("nav_books"), "");
          List<Map<String, Object>> open = books.breaks().open(null);
          model.put(
              "rows", books.reconciliations().all().stream().map(one -> row(one, open)).toList());
          model.put("open", open.stream().map(this::lying).toList());
          model.put("ages", books.breaks().ageing(null).stream().map(this::aged).toList());
          return pages.render("books", model);
        });
  }

  private Map<String, Object> row(Map<String, Object> one, List<Map<String, Object>> open) {
    Map<String, Object> row = new LinkedHashMap<>();
    Map<String, Object> last = Told.map(one.get("last"));
    String name = Told.text(one, "name");
    row.put("name", name);
    row.put("title", views.in(one.get("title")));
    row.put("rests", String.join(", ", Told.texts(one.get("rests"))));
    row.put("run", last.isEmpty() ? Map.of() : runs.row(last));
    row.put("awaits", awaits(last));
    row.put("attempts", Told.list(one.get("attempts")).stream().map(runs::attempt).toList());
    List<Map<String, Object>> mine =
        open.stream().filter(lying -> name.equals(lying.get("reconciliation"))).toList();
    row.put("open", mine.stream().mapToLong(lying -> (Long) lying.get("count")).sum());
    row.put("classes", mine.stream().map(this::lying).toList());
    return row;
  }

  private List<Map<String, Object>> awaits(Map<String, Object> last) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> one : Told.list(last.get("awaits"))) {
      rows.add(
          Map.of(
              "book",
              Told.text(one, "book"),
              "day",
              Told.text(one, "day"),
              "state",
              views.word("books_day_", one.get("state")),
              "due",
              views.time(one.get("dueAt")),
              "problem",
              Told.text(one, "problem")));
    }
    return rows;
  }

  private Map<String, Object> lying(Map<String, Object> one) {
    return Map.of(
        "reconciliation",
        Told.text(one, "reconciliation"),
        "kind",
        Told.text(one, "class"),
        "title",
        views.in(one.get("title")),
        "count",
        one.get("count"),
        "amount",
        views.gap(one, "amount"));
  }

  private Map<String, Object> aged(Map<String, Object> one) {
    return Map.of(
        "bucket",
        Told.text(one, "bucket"),
        "query",
        Fields.part(Told.text(one, "bucket")),
        "unsettled",
        one.get("unsettled"),
        "count",
        one.get("count"),
        "amount",
        views.gap(one, "amount"));
  }

  @GET
  @Path("/of/{name: [a-z0-9-]+}")
  @Operation(hidden = true)
  public Response one(
      @PathParam("name") String name,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> one = books.reconciliations().one(name);
          Map<String, Object> model = views.model(views.in(one.get("title")), "");
          model.putAll(row(one, books.breaks().open(name)));
          model.put("left", String.join(", ", Told.texts(one.get("left"))));
          model.put("right", String.join(", ", Told.texts(one.get("right"))));
          model.put("every", views.word("books_every_", one.get("every")));
          model.put("zoneOf", Told.text(one, "zone"));
          model.put("owner", views.word("books_role_", one.get("owner")));
          model.put("file", Told.text(one, "file"));
          model.put("from", from == null ? "" : from);
          model.put("to", to == null ? "" : to);
          List<Map<String, Object>> all =
              books.reconciliations().runs(name, day(from), day(to)).stream()
                  .map(runs::row)
                  .toList();
          model.put("runs", all);
          model.put("month", all.isEmpty() ? "" : all.get(0).get("month"));
          model.put("day", all.isEmpty() ? "" : all.get(0).get("to"));
          return pages.render("books-one", model);
        });
  }

  private static LocalDate day(String text) {
    return text == null || text.isEmpty()
        ? null
        : io.orderbridge.reconciliation.RunActs.day("from/to", text);
  }
}
