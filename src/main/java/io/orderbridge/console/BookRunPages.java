package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import io.orderbridge.console.BookRuns.Place;
import io.orderbridge.reconciliation.BreakClass;
import io.orderbridge.reconciliation.Outcome;
import io.orderbridge.reconciliation.ReconciliationBook.Wanted;
import io.orderbridge.reconciliation.ReportReads.Which;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A run: where every entry ended, why it does not add up, and what became of any key. */
@Path("/console/books/runs")
public class BookRunPages {
  private static final String API = "/api/reconciliations/runs/";
  private static final int PAGE = 100;

  private final Pages pages;
  private final BookViews views;
  private final BookRuns runs;
  private final Books books;

  BookRunPages(Pages pages, BookViews views, BookRuns runs, Books books) {
    this.pages = pages;
    this.views = views;
    this.runs = runs;
    this.books = books;
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response run(
      @PathParam("id") long id,
      @QueryParam("class") String kind,
      @QueryParam("outcome") String outcome,
      @QueryParam("after") @DefaultValue("0") int after) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> run = books.reconciliations().run(id);
          Map<String, Object> model = model(run, id);
          if (!"DONE".equals(run.get("state"))) {
            model.put("attempt", runs.attempt(run));
            return pages.render("books-attempt", model);
          }
          model.putAll(runs.row(run));
          model.put("parts", runs.parts(run));
          model.put("root", Told.text(run, "root"));
          model.put("hash", Told.text(run, "hash"));
          if (Boolean.TRUE.equals(model.get("mayReports"))) {
            runs.gap(model, Which.run(id), Place.run(id));
          }
          model.put("api", API + id);
          items(model, id, wanted(kind, outcome, after));
          return pages.render("books-run", model);
        });
  }

  private Map<String, Object> model(Map<String, Object> run, long id) {
    String name = Told.text(run, "reconciliation");
    String title = views.in(books.reconciliations().titleOf(name));
    Map<String, Object> model = views.model(title + " " + Told.text(run, "from") + " #" + id, "");
    model.put("id", id);
    model.put("name", name);
    model.put("of", title);
    return model;
  }

  private static Wanted wanted(String kind, String outcome, int after) {
    return new Wanted(
        one("class", kind, BreakClass.class), one("outcome", outcome, Outcome.class), after);
  }

  // Nothing is chosen by the first option of a list.
  private static <E extends Enum<E>> E one(String name, String text, Class<E> type) {
    return text == null || text.isEmpty()
        ? null
        : Arrays.stream(type.getEnumConstants())
            .filter(value -> value.name().equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(name + "=" + text));
  }

  private void items(Map<String, Object> model, long id, Wanted wanted) {
    List<Map<String, Object>> found =
        books.reconciliations().items(id, wanted, PAGE, views.locale());
    String name = model.get("name").toString();
    Map<String, Long> breaks =
        books.breaks().ids(name, found.stream().map(one -> Told.text(one, "key")).toList());
    model.put("items", found.stream().map(one -> item(one, breaks)).toList());
    model.put("kind", wanted.kind() == null ? "" : wanted.kind().name());
    model.put("outcome", wanted.outcome() == null ? "" : wanted.outcome().name());
    model.put("outcomes", names("books_outcome_", Outcome.values()));
    model.put(
        "kinds",
        Arrays.stream(BreakClass.values())
            .map(one -> Map.of("value", one.name(), "name", one.text().in(views.locale())))
            .toList());
    model.put("next", found.size() < PAGE ? "" : found.get(found.size() - 1).get("no").toString());
  }

  private List<Map<String, String>> names(String prefix, Enum<?>[] values) {
    return Arrays.stream(values)
        .map(one -> Map.of("value", one.name(), "name", views.word(prefix, one.name())))
        .toList();
  }

  private Map<String, Object> item(Map<String, Object> one, Map<String, Long> breaks) {
    Map<String, Object> row = new LinkedHashMap<>();
    String key = Told.text(one, "key");
    row.put("no", one.get("no"));
    row.put("outcome", views.word("books_outcome_", one.get("outcome")));
    row.put("isBreak", "BREAK".equals(one.get("outcome")));
    row.put("kind", BreakClass.valueOf(Told.text(one, "class")).text().in(views.locale()));
    row.put("rule", Told.text(one, "rule"));
    row.put("key", key);
    row.put("keyQuery", Fields.part(key));
    row.put("shop", Told.text(one, "shop"));
    row.put("currency", Told.text(one, "currency"));
    row.put("left", Told.text(one, one.containsKey("left") ? "left" : "leftPieces"));
    row.put("right", Told.text(one, one.containsKey("right") ? "right" : "rightPieces"));
    row.put("since", Told.text(one, "since"));
    row.put("carried", Boolean.TRUE.equals(one.get("carried")));
    row.put("why", Told.text(one, "why"));
    row.put("break", breaks.getOrDefault(key, 0L));
    return row;
  }

  @GET
  @Path("/{id: \\d{1,18}}/entries")
  @Operation(hidden = true)
  public Response entry(@PathParam("id") long id, @QueryParam("key") @DefaultValue("") String key) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> run = books.reconciliations().run(id);
          Map<String, Object> found = books.reconciliations().entry(id, key, views.locale());
          Map<String, Object> model = model(run, id);
          Map<String, Long> breaks = books.breaks().ids(model.get("name").toString(), List.of(key));
          model.put("title", key);
          model.put("key", key);
          model.put("day", Told.text(run, "from"));
          model.put("why", Told.text(found, "why"));
          model.put(
              "items",
              Told.list(found.get("items")).stream().map(one -> item(one, breaks)).toList());
          model.put("left", BookEntries.rows(views, found.get("left")));
          model.put("right", BookEntries.rows(views, found.get("right")));
          return pages.render("books-entry", model);
        });
  }
}
