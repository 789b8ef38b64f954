package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.schedule.SourceDesk;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Sources that are read by period, each with its windows, and reading a period once more. */
@Path("/console/sources")
public class SourcePages {
  private static final String LIST = "/console/sources";
  private static final List<String> STATES =
      List.of(SourceDesk.GAP, "LATE", "DUE", "READ", "AWAITED", "PROVED");
  // What is read at one go; further ones follow.
  private static final int PAGE = 100;
  // Older recoveries are the business of the order that they brought.
  private static final Duration RECOVERED_SINCE = Duration.ofDays(7);

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Clock clock;
  private final Desks desks;

  /** The feature whose sources these are, and what else runs by the clock. */
  @jakarta.inject.Singleton
  static class Desks {
    private final SourceDesk sources;
    private final SourceShown shown;
    private final ByClock clockwork;

    Desks(SourceDesk sources, SourceShown shown, ByClock clockwork) {
      this.sources = sources;
      this.shown = shown;
      this.clockwork = clockwork;
    }
  }

  SourcePages(Pages pages, Visit visit, PassportViews views, Clock clock, Desks desks) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.clock = clock;
    this.desks = desks;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@QueryParam("day") String day) {
    return pages.page(
        Rights.SOURCES,
        () -> {
          LocalDate of = day(day);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_sources"));
          model.put(
              "rows",
              desks.sources.all().stream()
                  .map(one -> desks.shown.standing(one, visit.locale()))
                  .toList());
          model.put("day", of.toString());
          desks.shown.awaited(model, desks.sources.awaited(of), visit.locale());
          desks.clockwork.model(model, visit.may(Rights.OPERATE), visit.locale());
          model.put("asOf", views.time(clock.instant()));
          return pages.render("sources", model);
        });
  }

  private LocalDate day(String asked) {
    if (asked == null || asked.isEmpty()) {
      return LocalDate.ofInstant(clock.instant(), views.zone());
    }
    try {
      return LocalDate.parse(asked);
    } catch (DateTimeException e) {
      throw wrong("“%s” 不是日期", "'%s' is no day", asked);
    }
  }

  private static Declined wrong(String zh, String en, String asked) {
    return new Declined(Declined.Kind.WRONG, Wording.of(zh, en, asked == null ? "" : asked));
  }

  @GET
  @Path("/deadlines")
  @Operation(hidden = true)
  public Response deadlines(
      @QueryParam("state") String state, @QueryParam("target") String target) {
    return pages.page(
        Rights.SOURCES,
        () -> {
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "sources_deadlines"));
          desks.clockwork.deadlines(model, state, target, visit.locale());
          return pages.render("sources-deadlines", model);
        });
  }

  @GET
  @Path("/{connection}/{source}")
  @Operation(hidden = true)
  public Response source(
      @PathParam("connection") String connection,
      @PathParam("source") String source,
      @QueryParam("state") String state,
      @QueryParam("before") String before) {
    return pages.page(
        Rights.SOURCES,
        () -> {
          String key = connection + "/" + source;
          String wanted = state != null && STATES.contains(state) ? state : null;
          Instant until = before == null || before.isEmpty() ? null : time(before);
          List<Map<String, Object>> windows = desks.sources.windows(key, wanted, until, PAGE);
          Map<String, Object> model =
              desks.shown.standing(desks.sources.find(key).orElseThrow(), visit.locale());
          model.put("title", key);
          model.put("state", wanted == null ? "" : wanted);
          model.put(
              "states",
              STATES.stream().map(word -> desks.shown.state(word, visit.locale())).toList());
          model.put(
              "windows",
              windows.stream().map(one -> desks.shown.window(one, visit.locale())).toList());
          model.put("next", windows.size() < PAGE ? "" : next(wanted, windows));
          model.put("recovered", recovered(key));
          model.put("canAct", visit.may(Rights.OPERATE));
          model.put("mayLetters", visit.may(Rights.LETTERS));
          return pages.render("source", model);
        });
  }

  private static String next(String state, List<Map<String, Object>> windows) {
    return (state == null ? "?" : "?state=" + state + "&")
        + "before="
        + windows.get(windows.size() - 1).get("from");
  }

  private List<Map<String, Object>> recovered(String key) {
    return desks.sources.recovered(key, clock.instant().minus(RECOVERED_SINCE)).stream()
        .sorted(Comparator.comparing(one -> -((Number) one.get("message")).longValue()))
        .limit(PAGE)
        .map(one -> desks.shown.recovered(one))
        .toList();
  }

  /** Changes nothing: says what would be read again. */
  @POST
  @Path("/{connection}/{source}/ask")
  @Operation(hidden = true)
  public Response ask(
      @PathParam("connection") String connection,
      @PathParam("source") String source,
      MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.OPERATE,
        form.getFirst("csrf"),
        () -> {
          String key = connection + "/" + source;
          desks.sources.windows(key, null, null, 1);
          Instant from = time(form.getFirst("from"));
          Instant to = time(form.getFirst("to"));
          Map<String, String> facts = new LinkedHashMap<>();
          facts.put(Texts.say(visit.locale(), "col_source"), key);
          facts.put(Texts.say(visit.locale(), "sources_from"), views.time(from));
          facts.put(Texts.say(visit.locale(), "sources_to"), views.time(to));
          Map<String, String> hidden = new LinkedHashMap<>();
          hidden.put("from", from.toString());
          hidden.put("to", to.toString());
          return pages.ask(
              new Question(
                  LIST + "/" + key + "/read-again",
                  Texts.say(visit.locale(), "sources_ask_title"),
                  Texts.say(visit.locale(), "sources_ask_text"),
                  Texts.say(visit.locale(), "sources_ask_button"),
                  facts,
                  hidden,
                  true,
                  LIST + "/" + key));
        });
  }

  @POST
  @Path("/{connection}/{source}/read-again")
  @Operation(hidden = true)
  public Response readAgain(
      @PathParam("connection") String connection,
      @PathParam("source") String source,
      MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.OPERATE,
        form.getFirst("csrf"),
        () -> {
          String key = connection + "/" + source;
          int due =
              desks.sources.readAgain(
                  key,
                  time(form.getFirst("from")),
                  time(form.getFirst("to")),
                  form.getFirst("reason"),
                  visit.actor());
          return Pages.done(LIST + "/" + key, due == 0 ? "sources_again_none" : "sources_again");
        });
  }

  // With an offset as pages write it, or as a person types it: in the zone of all pages.
  private Instant time(String asked) {
    try {
      return asked != null && asked.endsWith("Z")
          ? Instant.parse(asked)
          : LocalDateTime.parse(String.valueOf(asked)).atZone(views.zone()).toInstant();
    } catch (DateTimeException e) {
      throw wrong("“%s” 不是时间", "'%s' is no time", asked);
    }
  }
}
