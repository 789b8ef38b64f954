package io.orderbridge.console;

import io.orderbridge.finding.Finding;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.ticket.Ageing;
import io.orderbridge.ticket.Owner;
import io.orderbridge.ticket.Priority;
import io.orderbridge.ticket.Ticket;
import io.orderbridge.ticket.Tickets;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Work for people: what there is and how old it is, and each piece with its history. */
@Path("/console/tickets")
public class TicketPages {
  private static final int PAGE = 50;
  private static final String LIST = "/console/tickets";

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final Clock clock;
  private final Shown shown;

  /** Where the tickets come from, and how they are told. */
  @jakarta.inject.Singleton
  static class Shown {
    private final Tickets tickets;
    private final Ageing ageing;
    private final TicketRow row;
    private final Matters matters;

    Shown(Tickets tickets, Ageing ageing, TicketRow row, Matters matters) {
      this.tickets = tickets;
      this.ageing = ageing;
      this.row = row;
      this.matters = matters;
    }
  }

  TicketPages(Pages pages, Visit visit, PassportViews views, Clock clock, Shown shown) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.clock = clock;
    this.shown = shown;
  }

  @GET
  @Operation(hidden = true)
  public Response list(@Context UriInfo uri, @QueryParam("before") Long before) {
    return pages.page(
        Rights.TICKETS,
        () -> {
          TicketQuery query = TicketQuery.of(uri.getQueryParameters());
          Instant now = clock.instant();
          Visitor visitor = visit.visitor().orElseThrow();
          List<Ticket> found =
              shown.tickets.list(
                  query.filter(), query.narrowed(visitor, shown.ageing, now), before, PAGE, now);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_tickets"));
          model.put("f", query.fields());
          model.put("filtered", !query.query().isEmpty());
          model.put("mine", query.owner().equals(TicketQuery.MINE));
          model.put("states", names(TicketQuery.STATES.stream(), "tk_list_"));
          model.put("owners", names(Owner.ROLES.stream(), "tk_role_"));
          model.put("kinds", names(kinds(), "tk_kind_"));
          model.put("ages", Ageing.NAMES);
          model.put("buckets", buckets(query, visitor, now));
          model.put("mayMoney", visit.may(Rights.MONEY));
          model.put("rows", found.stream().map(one -> shown.row.of(one, now)).toList());
          model.put("next", found.size() < PAGE ? "" : next(query, found));
          model.put("asOf", views.time(now));
          return pages.render("tickets", model);
        });
  }

  private static Stream<String> kinds() {
    return Stream.concat(
        Arrays.stream(Finding.Kind.values()).map(Finding.Kind::name), Stream.of("HAND"));
  }

  private List<Map<String, Object>> names(Stream<String> values, String prefix) {
    return values
        .map(value -> Map.<String, Object>of("value", value, "name", shown.row.word(prefix, value)))
        .toList();
  }

  private List<Map<String, Object>> buckets(TicketQuery query, Visitor visitor, Instant now) {
    List<Ageing.Bucket> all = shown.ageing.ofAny(query.owners(visitor), now);
    long most = Math.max(1, all.stream().mapToLong(Ageing.Bucket::count).max().orElse(1));
    List<Map<String, Object>> buckets = new ArrayList<>();
    for (Ageing.Bucket bucket : all) {
      boolean old = all.indexOf(bucket) >= all.size() - 2;
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("days", Texts.say(visit.locale(), "tk_days", bucket.days()));
      one.put("count", bucket.count());
      one.put("most", most);
      one.put("query", query.aged(bucket.days()).query());
      one.put("mood", bucket.count() == 0 ? "" : old ? "bad" : "warn");
      one.put(
          "sums",
          visit.may(Rights.MONEY)
              ? bucket.amounts().stream().map(sum -> sum.amount() + " " + sum.currency()).toList()
              : List.of());
      buckets.add(one);
    }
    return buckets;
  }

  private static String next(TicketQuery query, List<Ticket> found) {
    String already = query.query();
    return (already.isEmpty() ? "?" : already + "&") + "before=" + found.get(found.size() - 1).id();
  }

  @GET
  @Path("/{id: \\d{1,18}}")
  @Operation(hidden = true)
  public Response ticket(@PathParam("id") long id) {
    return pages.page(
        Rights.TICKETS,
        () ->
            shown
                .tickets
                .find(id)
                .map(story -> pages.render("ticket", model(story, clock.instant())))
                .orElseGet(() -> pages.problem(404, "problem_ticket", id)));
  }

  private Map<String, Object> model(Tickets.Story story, Instant now) {
    Ticket ticket = story.ticket();
    Ticket.Matter matter = ticket.matter();
    Map<String, Object> model = shown.row.of(ticket, now);
    model.put("title", Texts.say(visit.locale(), "tk_title", ticket.id()));
    model.put("version", ticket.version());
    model.put("sentenceOther", shown.row.other(ticket));
    model.put("otherLang", visit.locale().getLanguage().equals("zh") ? "en" : "zh-CN");
    model.put("item", matter.item());
    model.put("rule", ticket.charge().rule());
    model.put("since", views.time(ticket.state().since()));
    model.put("by", shown.row.actor(ticket.state().by()));
    model.put("created", views.time(ticket.createdAt()));
    model.put("episode", ticket.episode());
    Ticket.Charge.Next next = ticket.charge().next();
    model.put("nextOwner", next == null ? "" : shown.row.owner(next.to()));
    model.put("nextAt", next == null ? "" : views.time(next.at()));
    model.put("reason", shown.row.reason(ticket.state()));
    model.put("runbook", Matters.runbook(matter.kind(), matter.code()));
    model.put("links", links(ticket));
    ticket.state().acts().forEach(act -> model.put("may_" + act.replace('-', '_'), true));
    List.of("take", "assign", "to_verify", "close", "reopen")
        .forEach(act -> model.putIfAbsent("may_" + act, false));
    model.put("owners", names(Owner.ROLES.stream(), "tk_role_"));
    model.put("me", visit.actor());
    model.put("comments", story.comments().stream().map(this::comment).toList());
    model.put("events", story.events().stream().map(this::event).toList());
    return model;
  }

  private List<Map<String, Object>> links(Ticket ticket) {
    Ticket.Matter matter = ticket.matter();
    Map<String, String> all = new LinkedHashMap<>();
    if (ticket.finding() != null && visit.may(Rights.FINDINGS)) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("state", "all");
      fields.put("kind", matter.kind());
      fields.put("code", matter.code());
      fields.put("subject", matter.subject());
      all.put("tk_finding", "/console/findings" + Fields.query(fields));
    }
    all.putAll(shown.matters.links(matter.kind(), matter.code(), matter.subject()));
    return all.entrySet().stream()
        .map(
            one ->
                Map.<String, Object>of(
                    "name", Texts.say(visit.locale(), one.getKey()), "path", one.getValue()))
        .toList();
  }

  private Map<String, Object> comment(Tickets.Comment comment) {
    return Map.of(
        "at", views.time(comment.at()),
        "author", comment.author(),
        "text", shown.row.said(comment.text()));
  }

  private Map<String, Object> event(Tickets.Event event) {
    return Map.of(
        "at", views.time(event.at()),
        "what", shown.row.word("tk_event_", event.what()),
        "actor", shown.row.actor(event.actor()),
        "state", shown.row.word("tk_state_", event.state()),
        "owner", shown.row.owner(new Owner(event.owner())),
        "reason", shown.row.reason(event.actor(), event.reason()));
  }

  /** A form for work that no check has found. Sent twice it opens one ticket. */
  @GET
  @Path("/new")
  @Operation(hidden = true)
  public Response fresh(@QueryParam("subject") String subject) {
    return pages.page(
        Rights.TICKETS,
        () -> {
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "tk_new"));
          model.put("back", LIST);
          model.put("subject", subject == null ? "" : subject);
          model.put("owners", names(Owner.ROLES.stream(), "tk_role_"));
          model.put(
              "priorities",
              names(Arrays.stream(Priority.values()).map(Priority::name), "tk_priority_"));
          model.put("mayMoney", visit.may(Rights.MONEY));
          model.put("key", "console-" + UUID.randomUUID());
          return pages.render("ticket-new", model);
        });
  }
}
