package io.orderbridge.console;

import io.orderbridge.console.BookRuns.Books;
import io.orderbridge.console.Pages.Question;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.BreakActs;
import io.orderbridge.reconciliation.BreakActs.Act;
import io.orderbridge.reconciliation.BreakLinks;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What people decide about differences; each act says first what it will do. */
@Path("/console/books/breaks/do")
public class BreakForms {
  // What fits on the page that asks.
  private static final int LINKED_MAX = 100;

  private final Pages pages;
  private final Visit visit;
  private final BookViews views;
  private final Books books;
  private final Deciding deciding;

  /** The feature whose acts these are. */
  @jakarta.inject.Singleton
  static class Deciding {
    private final BreakActs acts;
    private final BreakLinks links;
    private final Clock clock;

    Deciding(BreakActs acts, BreakLinks links, Clock clock) {
      this.acts = acts;
      this.links = links;
      this.clock = clock;
    }
  }

  BreakForms(Pages pages, Visit visit, BookViews views, Books books, Deciding deciding) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.books = books;
    this.deciding = deciding;
  }

  /** Changes nothing: says what the act would do to the difference. */
  @POST
  @Path("/ask")
  @Operation(hidden = true)
  public Response ask(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          long id = number(form.getFirst("id"));
          Act act = act(form);
          String word = act.name().toLowerCase(Locale.ROOT);
          Map<String, Object> one = books.breaks().one(id);
          return pages.ask(
              new Question(
                  "/console/books/breaks/do/act",
                  views.say("books_ask_" + word + "_title", id),
                  views.say("books_ask_" + word + "_text"),
                  views.say("books_do_" + word),
                  facts(one),
                  Map.of("id", Long.toString(id), "act", act.name()),
                  act != Act.APPROVE,
                  BreakPages.LIST + "/" + id));
        });
  }

  private Map<String, String> facts(Map<String, Object> one) {
    Map<String, Object> row = BreakPages.row(views, one);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(views.say("books_col_reconciliation"), row.get("name").toString());
    facts.put(views.say("books_col_key"), row.get("key").toString());
    facts.put(views.say("books_col_class"), row.get("kind").toString());
    facts.put(views.say("books_col_gap"), row.get("gap").toString());
    facts.put(views.say("books_col_state"), row.get("stateName").toString());
    if (!row.get("proposedBy").toString().isEmpty()) {
      facts.put(views.say("books_proposed_by"), row.get("proposedBy").toString());
      facts.put(views.say("books_proposed_why"), proposed(one));
    }
    return facts;
  }

  private static String proposed(Map<String, Object> one) {
    return Told.list(one.get("trail")).stream()
        .filter(act -> "PROPOSED".equals(act.get("act")))
        .reduce((first, second) -> second)
        .map(act -> Told.text(act, "reason"))
        .orElse("");
  }

  @POST
  @Path("/act")
  @Operation(hidden = true)
  public Response decide(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          long id = number(form.getFirst("id"));
          Act act = act(form);
          deciding.acts.act(
              visit.person(), id, act, form.getFirst("reason"), deciding.clock.instant());
          return Pages.done(
              BreakPages.LIST + "/" + id, "books_" + act.name().toLowerCase(Locale.ROOT));
        });
  }

  private static Act act(MultivaluedMap<String, String> form) {
    return Act.valueOf(Objects.toString(form.getFirst("act"), ""));
  }

  private static long number(String text) {
    return Long.parseLong(Objects.toString(text, ""));
  }

  /** Changes nothing: names the differences whose entries would be linked. */
  @POST
  @Path("/ask-link")
  @Operation(hidden = true)
  public Response askLink(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          List<Map<String, Object>> named = named(form.get("id"));
          Map<String, String> facts = new LinkedHashMap<>();
          named.forEach(
              one -> {
                Map<String, Object> row = BreakPages.row(views, one);
                facts.put("#" + row.get("id"), row.get("key") + " " + row.get("gap"));
              });
          return pages.ask(
              new Question(
                  "/console/books/breaks/do/link",
                  views.say("books_ask_link_title", named.size()),
                  views.say("books_ask_link_text"),
                  views.say("books_do_link"),
                  facts,
                  Map.of(
                      "of",
                      Told.text(named.get(0), "reconciliation"),
                      "ids",
                      named.stream()
                          .map(one -> Told.text(one, "id"))
                          .collect(Collectors.joining(","))),
                  true,
                  BreakPages.LIST));
        });
  }

  private List<Map<String, Object>> named(List<String> ids) {
    List<Map<String, Object>> named = new ArrayList<>();
    for (String id : ids == null ? List.<String>of() : ids) {
      named.add(books.breaks().one(number(id)));
    }
    long of = named.stream().map(one -> one.get("reconciliation")).distinct().count();
    if (named.size() < 2 || named.size() > LINKED_MAX || of != 1) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "请勾选同一个对账的 2 到 %d 条差异，两方都要有",
              "tick 2 to %d differences of one reconciliation, with entries on both sides",
              LINKED_MAX));
    }
    return named;
  }

  @POST
  @Path("/link")
  @Operation(hidden = true)
  public Response link(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.RECKONING,
        form.getFirst("csrf"),
        () -> {
          List<Long> ids =
              List.of(Objects.toString(form.getFirst("ids"), "").split(",")).stream()
                  .map(BreakForms::number)
                  .toList();
          BreakLinks.Linked linked =
              deciding.links.link(
                  visit.person(),
                  new BreakLinks.Wish(
                      Objects.toString(form.getFirst("of"), ""),
                      ids,
                      Set.of(),
                      Set.of(),
                      form.getFirst("reason")),
                  deciding.clock.instant());
          Map<String, Object> model =
              views.model(views.say("books_linked_title", linked.link()), "/breaks");
          model.put("ids", ids);
          model.put("pass", linked.pass() == null ? "" : linked.pass());
          return pages.render("books-linked", model);
        });
  }
}
