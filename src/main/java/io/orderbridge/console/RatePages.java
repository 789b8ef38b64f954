package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import io.orderbridge.console.Pages.Question;
import io.orderbridge.reconciliation.RateBook;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What is open, of what was sold: month by month, and told for good. */
@Path("/console/books/rates")
public class RatePages {
  private static final String HERE = BookViews.HOME + "/rates";

  private final Pages pages;
  private final Visit visit;
  private final BookViews views;
  private final Books books;
  private final RateBook rates;

  RatePages(Pages pages, Visit visit, BookViews views, Books books, RateBook rates) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.books = books;
    this.rates = rates;
  }

  @GET
  @Operation(hidden = true)
  public Response month(@QueryParam("month") String asked) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> found = rates.of(asked == null || asked.isBlank() ? null : asked);
          YearMonth month = YearMonth.parse(Told.text(found, "month"));
          Map<String, Object> model = views.model(views.say("books_tab_rates"), "/rates");
          model.put("month", month.toString());
          model.put("earlier", month.minusMonths(1).toString());
          model.put("later", month.plusMonths(1).toString());
          model.put("passes", found.get("passes"));
          model.put("definition", Told.text(found, "definition"));
          model.put("figure", Told.text(found, "definition").split(" ", 2)[0]);
          model.put("snapshots", Told.texts(found.get("snapshots")).size());
          model.put("frozenAt", views.time(found.get("frozenAt")));
          model.put("frozenBy", Told.text(found, "frozenBy"));
          model.put("rows", Told.list(found.get("rates")).stream().map(this::rate).toList());
          return pages.render("books-rates", model);
        });
  }

  private Map<String, Object> rate(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    String name = Told.text(one, "reconciliation");
    row.put("name", name);
    row.put(
        "title",
        name.isEmpty()
            ? views.say("books_together")
            : views.in(books.reconciliations().titleOf(name)));
    for (String same : java.util.List.of("currency", "open", "turnover", "percent")) {
      row.put(same, Told.text(one, same));
    }
    row.put("breaks", one.get("breaks"));
    row.put("passes", one.get("passes"));
    return row;
  }

  /** Changes nothing: says that what is told for good stays. */
  @POST
  @Path("/ask")
  @Operation(hidden = true)
  public Response ask(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          String month = Objects.toString(form.getFirst("month"), "");
          Map<String, String> facts = new LinkedHashMap<>();
          facts.put(views.say("books_month"), month);
          Told.list(rates.of(month).get("rates")).stream()
              .filter(one -> one.get("reconciliation") == null)
              .forEach(
                  one ->
                      facts.put(
                          Told.text(one, "currency"),
                          "%s / %s = %s %%"
                              .formatted(
                                  one.get("open"),
                                  one.get("turnover"),
                                  Objects.toString(one.get("percent"), "-"))));
          return pages.ask(
              new Question(
                  HERE + "/freeze",
                  views.say("books_freeze_title", month),
                  views.say("books_freeze_text"),
                  views.say("books_freeze_button"),
                  facts,
                  Map.of("month", month),
                  false,
                  HERE + "?month=" + month));
        });
  }

  @POST
  @Path("/freeze")
  @Operation(hidden = true)
  public Response freeze(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          String month = Objects.toString(form.getFirst("month"), "");
          rates.freeze(visit.person(), month);
          return Pages.done(HERE + "?month=" + month, "books_frozen");
        });
  }
}
