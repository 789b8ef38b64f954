package io.orderbridge.console;

import io.orderbridge.kernel.Cause;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.DeadLetter.Opened;
import io.orderbridge.work.DeadLetter.Try;
import io.orderbridge.work.DeadLetters;
import io.orderbridge.work.OpenLetters;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Dead letters, listed and looked into. What is done to them: {@link LetterForms}. */
@Path("/console/dead-letters")
public class LetterPages {
  // A page that is read at one go; further ones follow.
  private static final int PAGE = 100;

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final DeadLetters letters;
  private final OpenLetters open;

  LetterPages(
      Pages pages, Visit visit, PassportViews views, DeadLetters letters, OpenLetters open) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.letters = letters;
    this.open = open;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@Context UriInfo uri, @QueryParam("after") @DefaultValue("0") long after) {
    return pages.page(
        Rights.LETTERS,
        () -> {
          LetterQuery query = LetterQuery.of(uri.getQueryParameters());
          Filter filter = query.filter(views.zone());
          List<DeadLetter> found = letters.list(filter, after, PAGE);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_letters"));
          model.put("f", query.fields());
          model.put("filtered", !query.query().isEmpty());
          model.put("causes", List.of(Cause.values()).stream().map(Cause::name).toList());
          model.put("states", LetterQuery.STATES.stream().map(this::state).toList());
          model.put("queues", queues());
          model.put("count", open.count(filter));
          model.put("rows", found.stream().map(this::row).toList());
          model.put("canAct", filter.state() == null || filter.state().equals("OPEN"));
          model.put("next", found.size() < PAGE ? "" : next(query, found));
          return pages.render("letters", model);
        });
  }

  private List<String> queues() {
    return List.copyOf(new TreeSet<>(open.piles().stream().map(OpenLetters.Pile::queue).toList()));
  }

  private Map<String, Object> state(String state) {
    return Map.of("value", state, "name", Texts.say(visit.locale(), "state_" + state));
  }

  private static String next(LetterQuery query, List<DeadLetter> found) {
    String already = query.query();
    return (already.isEmpty() ? "?" : already + "&") + "after=" + found.get(found.size() - 1).id();
  }

  private Map<String, Object> row(DeadLetter letter) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", letter.id());
    row.put("queue", letter.queue());
    row.put("subject", letter.subject());
    row.put("cause", letter.cause().name());
    row.put("meaning", Texts.say(visit.locale(), "cause_" + letter.cause().name()));
    row.put("place", letter.place());
    row.put("message", letter.message());
    row.put("attempts", letter.attempts());
    row.put("died", views.time(letter.diedAt()));
    row.put("state", letter.state());
    row.put("stateName", Texts.say(visit.locale(), "state_" + letter.state()));
    return row;
  }

  @GET
  @Path("/{id: \\d+}")
  @Operation(hidden = true)
  public Response letter(@PathParam("id") long id) {
    return pages.page(
        Rights.LETTERS,
        () ->
            letters
                .open(id, visit.actor())
                .map(opened -> pages.render("letter", model(opened)))
                .orElseGet(() -> pages.problem(404, "problem_letter", id)));
  }

  private Map<String, Object> model(Opened opened) {
    DeadLetter letter = opened.letter();
    boolean may = visit.may(Rights.PERSONAL);
    Map<String, Object> model = row(letter);
    model.put("title", Texts.say(visit.locale(), "letter_title", letter.id()));
    model.put("next", Texts.say(visit.locale(), "cause_" + letter.cause().name() + "_next"));
    model.put("key", letter.key());
    model.put("since", views.time(letter.since()));
    model.put("settled", views.time(letter.settledAt()));
    model.put("settledBy", letter.settledBy() == null ? "" : letter.settledBy());
    model.put("reason", letter.reason() == null ? "" : letter.reason());
    model.put("isOpen", letter.state().equals("OPEN"));
    model.put("mayRead", may);
    model.put("payload", may ? Mask.lines(opened.payload()) : Mask.shape(opened.payload()));
    model.put("isEdited", opened.edited() != null);
    String copy = opened.edited() == null ? opened.payload() : opened.edited();
    model.put("copy", may ? copy : "");
    boolean known = letter.queue().startsWith("outbox:");
    model.put("order", known ? OrderPages.pathOf(letter.subject()) : "");
    model.put("tries", opened.tries().stream().map(one -> attempt(one, may)).toList());
    return model;
  }

  private Map<String, Object> attempt(Try one, boolean may) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", views.time(one.at()));
    row.put("number", one.number());
    row.put(
        "outcome",
        Texts.in(visit.locale()).getOrDefault("outcome_" + one.outcome(), one.outcome()));
    row.put("cause", one.cause() == null ? "" : one.cause());
    row.put("status", one.status() == null ? "" : one.status());
    // A partner's answer may quote what it was sent.
    row.put("answer", one.answer() == null || !may ? "" : one.answer());
    row.put("why", one.why() == null ? "" : one.why());
    row.put("took", one.tookMs());
    return row;
  }
}
