package io.orderbridge.console;

import io.orderbridge.passport.PassportViews;
import io.orderbridge.schedule.SourceStandings;
import io.orderbridge.ticket.Ageing;
import io.orderbridge.work.OpenLetters;
import io.orderbridge.work.OpenLetters.Pile;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What waits for people now, and the way to each row of it. */
@Path("/console")
public class StartPage {
  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Clock clock;
  private final Counted counted;

  /** Where the figures come from. */
  @jakarta.inject.Singleton
  static class Counted {
    private final Ageing tickets;
    private final OpenLetters letters;
    private final SourceStandings sources;
    private final ByClock clockwork;

    Counted(Ageing tickets, OpenLetters letters, SourceStandings sources, ByClock clockwork) {
      this.tickets = tickets;
      this.letters = letters;
      this.sources = sources;
      this.clockwork = clockwork;
    }
  }

  StartPage(Pages pages, Visit visit, PassportViews views, Clock clock, Counted counted) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.clock = clock;
    this.counted = counted;
  }

  @GET
  @Operation(hidden = true)
  public Response start() {
    return pages.page(
        Rights.ORDERS,
        () -> {
          Instant now = clock.instant();
          List<Pile> piles = counted.letters.piles();
          List<SourceStandings.Standing> late = counted.sources.behind(now);
          Map<String, Object> model = new LinkedHashMap<>();
          long dead = piles.stream().mapToLong(Pile::count).sum();
          model.put("title", "");
          model.put("letters", dead);
          model.put(
              "tickets",
              counted.tickets.of(null, now).stream().mapToLong(Ageing.Bucket::count).sum());
          model.put("late", late.size());
          model.put("piles", piles.stream().map(this::pile).toList());
          model.put("sources", late.stream().map(this::source).toList());
          model.put("queues", counted.clockwork.queues());
          model.put("asOf", views.time(now));
          return pages.render("start", model);
        });
  }

  @GET
  @Path("/{rest: .+}")
  @Operation(hidden = true)
  public Response nowhere() {
    return pages.problem(404, "problem_address");
  }

  private Map<String, Object> pile(Pile pile) {
    return Map.of(
        "queue", pile.queue(),
        "cause", pile.cause().name(),
        "meaning", Texts.say(visit.locale(), "cause_" + pile.cause().name()),
        "count", pile.count(),
        "since", views.time(pile.since()),
        "query", LetterQuery.of(pile.queue(), pile.cause()).query());
  }

  private Map<String, Object> source(SourceStandings.Standing standing) {
    return Map.of(
        "name", standing.source(),
        "until", views.time(standing.completeUntil()),
        "problem", standing.problem() == null ? "" : standing.problem());
  }
}
