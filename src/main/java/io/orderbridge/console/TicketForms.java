package io.orderbridge.console;

import io.orderbridge.console.Pages.Question;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.ticket.Asked;
import io.orderbridge.ticket.HandTickets;
import io.orderbridge.ticket.Priority;
import io.orderbridge.ticket.Ticket;
import io.orderbridge.ticket.TicketActs;
import io.orderbridge.ticket.TicketActs.Call;
import io.orderbridge.ticket.TicketActs.Outcome;
import io.orderbridge.ticket.Tickets;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What people do with tickets. Each form carries the version that its page showed: when somebody
 * was quicker, nothing is done and the page says what the ticket is now. Closing and opening again
 * ask first and want a reason.
 */
@Path("/console/tickets/do")
public class TicketForms {
  private static final String LIST = "/console/tickets/";
  private static final String VERSION = "version";

  private final Pages pages;
  private final Visit visit;
  private final Clock clock;
  private final TicketRow row;
  private final Acts acts;

  /** The feature whose acts these are. */
  @jakarta.inject.Singleton
  static class Acts {
    private final Tickets tickets;
    private final TicketActs acts;
    private final HandTickets byHand;

    Acts(Tickets tickets, TicketActs acts, HandTickets byHand) {
      this.tickets = tickets;
      this.acts = acts;
      this.byHand = byHand;
    }
  }

  TicketForms(Pages pages, Visit visit, Clock clock, TicketRow row, Acts acts) {
    this.pages = pages;
    this.visit = visit;
    this.clock = clock;
    this.row = row;
    this.acts = acts;
  }

  @POST
  @Path("/open")
  @Operation(hidden = true)
  public Response open(MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.TICKETS,
        form.getFirst("csrf"),
        () -> {
          HandTickets.Opened opened =
              acts.byHand.open(wanted(form), visit.actor(), clock.instant());
          return Pages.done(LIST + opened.ticket().id(), "tk_opened");
        });
  }

  private HandTickets.Wanted wanted(MultivaluedMap<String, String> form) {
    boolean mayMoney = visit.may(Rights.MONEY);
    Money amount = mayMoney ? Asked.money(said(form, "amount"), said(form, "currency")) : null;
    String owner = said(form, "owner");
    String due = said(form, "due");
    String key = said(form, "key");
    return new HandTickets.Wanted(
        key == null ? null : Asked.subject(key),
        Asked.subject(said(form, "subject")),
        Level.WARNING,
        amount,
        Asked.task(said(form, "text")),
        owner == null ? null : Asked.owner(owner),
        Asked.choice("priority", said(form, "priority"), Priority.class),
        due == null ? null : Asked.due(due));
  }

  // A field that was left empty says nothing.
  private static String said(MultivaluedMap<String, String> form, String name) {
    String value = form.getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  @POST
  @Path("/{id: \\d{1,18}}/take")
  @Operation(hidden = true)
  public Response take(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(id, form, "tk_taken", call -> acts.acts.take(call, Asked.owner(call.actor())));
  }

  @POST
  @Path("/{id: \\d{1,18}}/assign")
  @Operation(hidden = true)
  public Response assign(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(
        id, form, "tk_assigned", call -> acts.acts.assign(call, Asked.owner(said(form, "owner"))));
  }

  @POST
  @Path("/{id: \\d{1,18}}/to-verify")
  @Operation(hidden = true)
  public Response toVerify(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(id, form, "tk_handed", acts.acts::toVerify);
  }

  @POST
  @Path("/{id: \\d{1,18}}/close")
  @Operation(hidden = true)
  public Response close(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(
        id,
        form,
        "tk_closed",
        call -> acts.acts.close(call, Asked.reason(said(form, "reason"), TicketActs.WHY_CLOSE)));
  }

  @POST
  @Path("/{id: \\d{1,18}}/reopen")
  @Operation(hidden = true)
  public Response reopen(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return act(
        id,
        form,
        "tk_reopened",
        call -> acts.acts.reopen(call, Asked.reason(said(form, "reason"), TicketActs.WHY_REOPEN)));
  }

  @POST
  @Path("/{id: \\d{1,18}}/comment")
  @Operation(hidden = true)
  public Response comment(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.TICKETS,
        form.getFirst("csrf"),
        () -> {
          String text = Asked.comment(said(form, "text"));
          Call call = new Call(id, null, visit.actor(), clock.instant());
          return acts.acts.comment(call, text)
              ? Pages.done(LIST + id, "tk_commented")
              : missing(id);
        });
  }

  /** Changes nothing: says what closing, or opening again, will do. */
  @POST
  @Path("/{id: \\d{1,18}}/ask")
  @Operation(hidden = true)
  public Response ask(@PathParam("id") long id, MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.TICKETS,
        form.getFirst("csrf"),
        () ->
            acts.tickets
                .find(id)
                .map(story -> ask(story.ticket(), "reopen".equals(said(form, "act")), form))
                .orElseGet(() -> missing(id)));
  }

  private Response ask(Ticket ticket, boolean reopen, MultivaluedMap<String, String> form) {
    String act = reopen ? "reopen" : "close";
    boolean found = ticket.finding() != null;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(word("col_text"), row.said(ticket.matter().text().in(visit.locale())));
    facts.put(word("tk_owner"), row.owner(ticket.charge().owner()));
    String key = "tk_ask_" + act;
    return pages.ask(
        new Question(
            LIST + "do/" + ticket.id() + "/" + act,
            Texts.say(visit.locale(), key + "_title", ticket.id()),
            word(found && !reopen ? key + "_found" : key + "_text"),
            word(key + "_button"),
            facts,
            Map.of(VERSION, version(form).toString()),
            true,
            LIST + ticket.id()));
  }

  private String word(String key) {
    return Texts.say(visit.locale(), key);
  }

  private static Long version(MultivaluedMap<String, String> form) {
    String version = said(form, VERSION);
    if (version == null || !version.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("version");
    }
    return Long.valueOf(version);
  }

  private Response act(
      long id, MultivaluedMap<String, String> form, String did, Function<Call, Outcome> act) {
    return pages.act(
        Rights.TICKETS,
        form.getFirst("csrf"),
        () -> {
          Outcome outcome = act.apply(new Call(id, version(form), visit.actor(), clock.instant()));
          if (outcome instanceof Outcome.Done) {
            return Pages.done(LIST + id, did);
          }
          if (outcome instanceof Outcome.Stale stale) {
            return now(stale.ticket(), "problem_ticket_stale");
          }
          if (outcome instanceof Outcome.NotNow notNow) {
            return now(notNow.ticket(), "problem_ticket_not_now");
          }
          return missing(id);
        });
  }

  private Response now(Ticket ticket, String key) {
    return pages.problem(
        Response.Status.CONFLICT.getStatusCode(),
        key,
        ticket.id(),
        row.word("tk_state_", ticket.state().name()),
        row.owner(ticket.charge().owner()));
  }

  private Response missing(long id) {
    return pages.problem(Response.Status.NOT_FOUND.getStatusCode(), "problem_ticket", id);
  }
}
