package io.orderbridge.console;

import io.orderbridge.reconciliation.DefinitionBook;
import io.orderbridge.reconciliation.DefinitionBook.Asked;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What the figures are, how the totals of departments become each other, and what a changed
 * definition would change. Nothing is adopted here.
 */
@Path("/console/books/definitions")
public class DefinitionPages {
  private static final List<String> DEPARTMENTS = List.of("finance", "operations", "warehouse");

  private final Pages pages;
  private final Visit visit;
  private final BookViews views;
  private final DefinitionBook book;

  DefinitionPages(Pages pages, Visit visit, BookViews views, DefinitionBook book) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.book = book;
  }

  @GET
  @Operation(hidden = true)
  public Response list() {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> model =
              views.model(views.say("books_tab_definitions"), "/definitions");
          model.put(
              "rows",
              book.list().stream()
                  .map(one -> whole(book.one(Told.text(one, "name"), null)))
                  .toList());
          return pages.render("books-definitions", model);
        });
  }

  private Map<String, Object> whole(Map<String, Object> one) {
    Map<String, Object> row = state(one);
    row.put("says", views.in(one.get("says")));
    row.put("counted", views.word("books_of_", one.get("of")));
    row.put("statuses", String.join(" ", Told.texts(one.get("statuses"))));
    row.put(
        "kinds",
        String.join(
            " ",
            Told.texts(one.get("kinds")).stream()
                .map(kind -> views.word("books_kind_", kind))
                .toList()));
    row.put("zoneOf", Told.text(one, "zone"));
    row.put("hash", Told.text(one, "hash"));
    row.put("sql", Told.text(one, "sql"));
    List<Map<String, String>> basis = new ArrayList<>();
    Told.map(one.get("basis"))
        .forEach(
            (who, by) ->
                basis.add(
                    Map.of(
                        "name",
                        views.word("books_dept_", who),
                        "value",
                        views.word("books_basis_", by))));
    row.put("basis", basis);
    row.put("signed", Told.list(one.get("signed")).stream().map(this::signed).toList());
    return row;
  }

  private String signed(Map<String, Object> one) {
    return "%s %s %s v%s"
        .formatted(
            Told.text(one, "on"),
            Told.text(one, "by"),
            views.word("books_dept_", one.get("role")),
            one.get("version"));
  }

  private Map<String, Object> state(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", Told.text(one, "name"));
    row.put("figure", views.in(one.get("title")));
    row.put("version", one.get("version"));
    row.put("draft", one.get("draft"));
    row.put(
        "unsigned",
        Told.texts(one.get("unsigned")).stream()
            .map(who -> views.word("books_dept_", who))
            .toList());
    return row;
  }

  @GET
  @Path("/{name: [a-z0-9-]+}")
  @Operation(hidden = true)
  public Response one(
      @PathParam("name") String name,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("basis") String basis) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> model = model(name, basis);
          model.put("text", book.text(name));
          model.put("from", Objects.toString(from, ""));
          model.put("to", Objects.toString(to, ""));
          model.put("asked", basis != null);
          if (basis != null && visit.may(Rights.BRIDGES)) {
            bridge(
                model,
                book.bridge(
                    visit.person(),
                    name,
                    new Asked(
                        List.of(), given(from), given(to), basis, DefinitionBook.AROUND_DEFAULT)));
          }
          return pages.render("books-definition", model);
        });
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private Map<String, Object> model(String name, String basis) {
    Map<String, Object> one = book.one(name, basis);
    Map<String, Object> model = views.model(views.in(one.get("title")), "/definitions");
    model.putAll(whole(one));
    model.put("by", basis == null ? "operations" : basis);
    model.put(
        "departments",
        DEPARTMENTS.stream()
            .map(who -> Map.of("value", who, "name", views.word("books_dept_", who)))
            .toList());
    return model;
  }

  private void bridge(Map<String, Object> model, Map<String, Object> found) {
    model.put("bridgeFrom", Told.text(found, "from"));
    model.put("bridgeTo", Told.text(found, "to"));
    model.put("bridgeBooks", String.join(", ", Told.texts(found.get("books"))));
    model.put("totals", totals(found.get("totals")));
    List<Map<String, Object>> bridges = new ArrayList<>();
    for (Map<String, Object> one : Told.list(found.get("bridges"))) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("from", views.word("books_dept_", one.get("from")));
      row.put("to", views.word("books_dept_", one.get("to")));
      row.put("first", amount(one.get("first")));
      row.put("second", amount(one.get("second")));
      row.put("difference", amount(one.get("difference")));
      row.put(
          "lines",
          Told.list(one.get("lines")).stream()
              .map(
                  line ->
                      Map.of(
                          "text",
                          views.in(line.get("text")),
                          "entries",
                          line.get("entries"),
                          "amount",
                          amount(line)))
              .toList());
      bridges.add(row);
    }
    model.put("bridges", bridges);
  }

  private List<Map<String, Object>> totals(Object totals) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Told.map(totals)
        .forEach(
            (who, all) ->
                rows.add(
                    Map.of(
                        "name",
                        views.word("books_dept_", who),
                        "amounts",
                        Told.list(all).stream().map(this::amount).toList())));
    return rows;
  }

  private String amount(Object total) {
    Map<String, Object> of = Told.map(total);
    return Told.text(of, "total") + " " + Told.text(of, "currency");
  }

  /** Changes nothing: what the figure would have been by the text of the form. */
  @POST
  @Path("/{name: [a-z0-9-]+}/preview")
  @Operation(hidden = true)
  public Response preview(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.BRIDGES,
        form.getFirst("csrf"),
        () -> {
          String basis = Objects.toString(form.getFirst("basis"), "operations");
          Map<String, Object> found =
              book.preview(
                  visit.person(),
                  name,
                  List.of(),
                  given(form.getFirst("month")),
                  basis,
                  form.getFirst("text"));
          Map<String, Object> model = model(name, basis);
          model.put("text", Objects.toString(form.getFirst("text"), ""));
          model.put("month", Objects.toString(form.getFirst("month"), ""));
          effect(model, found);
          return pages.render("books-preview", model);
        });
  }

  private void effect(Map<String, Object> model, Map<String, Object> found) {
    Map<String, Object> before = Told.map(found.get("before"));
    Map<String, Object> after = Told.map(found.get("after"));
    model.put("previewFrom", Told.text(found, "from"));
    model.put("previewTo", Told.text(found, "to"));
    model.put("before", totals(before.get("totals")));
    model.put("beforeVersion", before.get("version"));
    model.put("after", totals(after.get("totals")));
    model.put("afterVersion", after.get("version"));
    model.put("changes", found.get("changes"));
    model.put(
        "shifted",
        Told.list(found.get("first")).stream()
            .map(
                one ->
                    Map.of(
                        "key",
                        Told.text(one, "key"),
                        "before",
                        amount(one.get("before")),
                        "after",
                        amount(one.get("after"))))
            .toList());
  }
}
