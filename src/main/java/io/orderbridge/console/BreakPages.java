package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import io.orderbridge.reconciliation.BreakBook;
import io.orderbridge.reconciliation.BreakClass;
import io.orderbridge.ticket.Ageing;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Differences, listed and looked into. What is decided about them: {@link BreakForms}. */
@Path("/console/books/breaks")
public class BreakPages {
  static final String LIST = BookViews.HOME + "/breaks";
  private static final List<String> FIELDS = List.of("state", "of", "class", "bucket");
  private static final int PAGE = 100;

  private final Pages pages;
  private final BookViews views;
  private final Books books;

  BreakPages(Pages pages, BookViews views, Books books) {
    this.pages = pages;
    this.views = views;
    this.books = books;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@Context UriInfo uri, @QueryParam("after") @DefaultValue("0") long after) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, String> asked = asked(uri.getQueryParameters());
          List<Map<String, Object>> found =
              books
                  .breaks()
                  .list(
                      new BreakBook.Asked(
                          asked.get("state"),
                          asked.get("of"),
                          asked.get("class"),
                          asked.get("bucket"),
                          after),
                      PAGE);
          Map<String, Object> model = views.model(views.say("books_tab_breaks"), "/breaks");
          model.put("f", asked);
          model.put("states", states());
          model.put("kinds", kinds());
          model.put("buckets", Ageing.NAMES);
          model.put("reconciliations", reconciliations());
          model.put("rows", found.stream().map(one -> row(views, one)).toList());
          model.put("next", found.size() < PAGE ? "" : next(asked, found));
          model.put("filtered", asked.values().stream().anyMatch(text -> !text.isEmpty()));
          return pages.render("books-breaks", model);
        });
  }

  // Without a word about the state those that are open are meant; all of them by an empty one.
  private static Map<String, String> asked(MultivaluedMap<String, String> query) {
    Map<String, String> asked = new LinkedHashMap<>();
    FIELDS.forEach(field -> asked.put(field, Objects.toString(query.getFirst(field), "")));
    if (!query.containsKey("state")) {
      asked.put("state", "OPEN");
    }
    return asked;
  }

  private static String next(Map<String, String> asked, List<Map<String, Object>> found) {
    return Fields.query(asked, "after", found.get(found.size() - 1).get("id"));
  }

  private List<Map<String, String>> states() {
    return BreakBook.states().stream()
        .map(one -> Map.of("value", one, "name", views.say("books_state_" + one)))
        .toList();
  }

  private List<Map<String, String>> kinds() {
    return Arrays.stream(BreakClass.values())
        .map(one -> Map.of("value", one.name(), "name", one.text().in(views.locale())))
        .toList();
  }

  private List<Map<String, String>> reconciliations() {
    return books.reconciliations().names().entrySet().stream()
        .map(one -> Map.of("value", one.getKey(), "name", one.getValue().in(views.locale())))
        .toList();
  }

  static Map<String, Object> row(BookViews views, Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    String state = Told.text(one, "state");
    row.put("id", one.get("id"));
    row.put("name", Told.text(one, "reconciliation"));
    row.put("key", Told.text(one, "key"));
    row.put("kind", views.in(one.get("title")));
    row.put("class", Told.text(one, "class"));
    row.put("state", state);
    row.put("stateName", views.say("books_state_" + state));
    row.put("isOpen", state.equals("OPEN") || state.equals("PROPOSED"));
    row.put("shop", Told.text(one, "shop"));
    row.put("gap", views.gap(one, "gap"));
    row.put("since", Told.text(one, "since"));
    row.put("bucket", Told.text(one, "bucket"));
    row.put("run", one.get("run"));
    row.put("opened", views.time(one.get("openedAt")));
    row.put("seen", views.time(one.get("seenAt")));
    row.put("ended", views.time(one.get("endedAt")));
    row.put("episode", one.get("episode"));
    row.put("proposedBy", Told.text(one, "proposedBy"));
    return row;
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response one(@PathParam("id") long id) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> one = books.breaks().one(id);
          Map<String, Object> sides =
              views.mayReadRows()
                  ? books.breaks().open(id, views.locale(), views.reader())
                  : books.breaks().masked(id, views.locale());
          Map<String, Object> model = views.model(views.say("books_break_title", id), "/breaks");
          model.putAll(row(views, one));
          model.put("of", views.in(books.reconciliations().titleOf(model.get("name").toString())));
          model.put("mine", views.isMe(model.get("proposedBy").toString()));
          model.put("why", Told.text(sides, "why"));
          model.put("rule", Told.text(sides, "rule"));
          model.put("runDay", Told.text(sides, "runDay"));
          model.put("left", BookEntries.rows(views, sides.get("left")));
          model.put("right", BookEntries.rows(views, sides.get("right")));
          model.put("trail", Told.list(one.get("trail")).stream().map(this::act).toList());
          return pages.render("books-break", model);
        });
  }

  private Map<String, Object> act(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", views.time(one.get("at")));
    String who = Told.text(one, "who");
    row.put("run", who.startsWith("run:") ? who.substring("run:".length()) : "");
    row.put("who", who);
    row.put("act", views.word("books_act_", one.get("act")));
    row.put("reason", Told.text(one, "reason"));
    return row;
  }
}
