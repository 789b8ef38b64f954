package io.orderbridge.console;

import io.orderbridge.books.SnapshotBook;
import io.orderbridge.reconciliation.RunActs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What each source said of each day: snapshots, what changed since, and whether they stand. */
@Path("/console/books/snapshots")
public class SnapshotPages {
  private static final String BOOK = "/{connection: [a-z0-9-]+}/{book: [a-z0-9-]+}";
  private static final int PAGE = 100;
  // Lines that were put aside, a page of them; all of them stand in the API.
  private static final int ASIDE_MAX = 200;

  private final Pages pages;
  private final BookViews views;
  private final SnapshotBook book;

  SnapshotPages(Pages pages, BookViews views, SnapshotBook book) {
    this.pages = pages;
    this.views = views;
    this.book = book;
  }

  @GET
  @Operation(hidden = true)
  public Response list() {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> model = views.model(views.say("books_tab_snapshots"), "/snapshots");
          model.put("rows", book.all().stream().map(this::whole).toList());
          return pages.render("books-snapshots", model);
        });
  }

  private Map<String, Object> whole(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("book", Told.text(one, "book"));
    row.put("source", Told.text(one, "source"));
    row.put("until", Told.text(one, "completeUntil"));
    Map<String, Object> last = Told.map(one.get("last"));
    row.put("last", last.isEmpty() ? Map.of() : row(last));
    row.put(
        "open",
        Told.list(one.get("open")).stream()
            .map(
                day ->
                    Map.of(
                        "day",
                        Told.text(day, "day"),
                        "state",
                        views.word("books_day_", day.get("state")),
                        "due",
                        views.time(day.get("dueAt")),
                        "problem",
                        Told.text(day, "problem")))
            .toList());
    return row;
  }

  private Map<String, Object> row(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", one.get("id"));
    row.put("book", Told.text(one, "book"));
    row.put("day", Told.text(one, "day"));
    row.put("version", one.get("version"));
    row.put("taken", views.time(one.get("takenAt")));
    row.put("entries", one.get("entries"));
    row.put("aside", one.get("putAside"));
    row.put("sums", views.sums(one.get("sums")));
    row.put("content", Told.text(one, "content"));
    row.put("previous", Told.text(one, "previous"));
    row.put("hash", Told.text(one, "hash"));
    return row;
  }

  @GET
  @Path(BOOK)
  @Operation(hidden = true)
  public Response book(
      @PathParam("connection") String connection,
      @PathParam("book") String named,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> model = of(connection, named, from, to);
          model.put("proof", Map.of());
          return pages.render("books-book", model);
        });
  }

  private Map<String, Object> of(String connection, String named, String from, String to) {
    String name = connection + "/" + named;
    Map<String, Object> model = views.model(name, "/snapshots");
    List<Map<String, Object>> found = book.snapshots(name, day(from), day(to), PAGE);
    model.put("name", name);
    model.put("from", Objects.toString(from, ""));
    model.put("to", Objects.toString(to, ""));
    model.put("rows", found.stream().map(this::row).toList());
    String last = found.isEmpty() ? "" : Told.text(found.get(found.size() - 1), "day");
    model.put("more", found.size() < PAGE ? "" : last);
    return model;
  }

  private static LocalDate day(String text) {
    return text == null || text.isEmpty() ? null : RunActs.day("from/to", text);
  }

  /** Reads everything of the book again, some seconds per million entries. */
  @GET
  @Path(BOOK + "/proof")
  @Operation(hidden = true)
  public Response proof(
      @PathParam("connection") String connection, @PathParam("book") String named) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          Map<String, Object> chain = book.verify(connection + "/" + named);
          Map<String, Object> model = of(connection, named, null, null);
          model.put(
              "proof",
              Map.of(
                  "stands",
                  chain.get("stands"),
                  "count",
                  chain.get("snapshots"),
                  "root",
                  chain.get("root"),
                  "broken",
                  Told.list(chain.get("broken")).stream()
                      .map(one -> Told.text(one, "snapshot") + ": " + Told.text(one, "why"))
                      .toList()));
          return pages.render("books-book", model);
        });
  }

  @GET
  @Path(BOOK + "/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response one(
      @PathParam("connection") String connection,
      @PathParam("book") String named,
      @PathParam("id") long id,
      @QueryParam("since") Long since) {
    return pages.page(
        Rights.BOOKS,
        () -> {
          String name = connection + "/" + named;
          Map<String, Object> one = book.one(name, id);
          Map<String, Object> model =
              views.model(name + " " + Told.text(one, "day") + " #" + id, "/snapshots");
          model.putAll(row(one));
          model.put(
              "asides",
              Told.list(one.get("aside")).stream()
                  .limit(ASIDE_MAX)
                  .map(line -> Map.of("line", line.get("line"), "why", line.get("why")))
                  .toList());
          model.put(
              "others",
              book.snapshots(name, null, null, PAGE).stream()
                  .filter(other -> ((Long) other.get("id")) < id)
                  .map(this::row)
                  .toList());
          model.put("since", since == null ? 0L : since);
          if (since != null) {
            changes(
                model,
                views.mayReadRows()
                    ? book.changes(name, id, since, PAGE, views.reader())
                    : book.maskedChanges(name, id, since, PAGE));
          }
          return pages.render("books-snapshot", model);
        });
  }

  private void changes(Map<String, Object> model, Map<String, Object> found) {
    List<Map<String, Object>> changes = Told.list(found.get("changes"));
    model.put("cut", changes.size() == PAGE);
    model.put(
        "changes",
        changes.stream()
            .map(
                one ->
                    Map.of(
                        "key",
                        Told.text(one, "key"),
                        "before",
                        BookEntries.cells(one.get("before")),
                        "after",
                        BookEntries.cells(one.get("after"))))
            .toList());
  }
}
