package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import io.orderbridge.console.Pages.Question;
import io.orderbridge.reconciliation.RunActs;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Runs that finance asks for. */
@Path("/console/books/do")
public class BookRunForms {
  private final Pages pages;
  private final Visit visit;
  private final BookViews views;
  private final Books books;
  private final RunActs acts;

  BookRunForms(Pages pages, Visit visit, BookViews views, Books books, RunActs acts) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.books = books;
    this.acts = acts;
  }

  /** Changes nothing: says what a run does. */
  @POST
  @Path("/ask-run")
  @Operation(hidden = true)
  public Response ask(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          String name = Objects.toString(form.getFirst("of"), "");
          String day = RunActs.day("day", form.getFirst("day")).toString();
          String title = views.in(books.reconciliations().one(name).get("title"));
          Map<String, String> facts = new LinkedHashMap<>();
          facts.put(views.say("books_col_reconciliation"), title);
          facts.put(views.say("books_day"), day);
          return pages.ask(
              new Question(
                  "/console/books/do/run",
                  views.say("books_run_ask_title", title, day),
                  views.say("books_run_ask_text"),
                  views.say("books_run_ask_button"),
                  facts,
                  Map.of("of", name, "day", day),
                  false,
                  BookViews.HOME + "/of/" + name));
        });
  }

  @POST
  @Path("/run")
  @Operation(hidden = true)
  public Response run(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          Map<String, Object> run =
              acts.run(
                  visit.person(), Objects.toString(form.getFirst("of"), ""), form.getFirst("day"));
          boolean made = Boolean.TRUE.equals(run.get("made"));
          return Pages.done(
              BookViews.HOME + "/runs/" + run.get("id"), made ? "books_ran" : "books_there");
        });
  }
}
