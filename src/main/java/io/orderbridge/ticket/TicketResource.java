package io.orderbridge.ticket;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.Tickets.Filter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The list of work, how old it is, and tickets opened by hand. */
@Path("/api/tickets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Tickets", description = "Work for people: owned, due, closed with a reason.")
public class TicketResource {
  private static final int LIMIT_MAX = 1_000;
  private static final Wording HEADER = new Wording("请求头", "a header");

  private final Tickets tickets;
  private final HandTickets byHand;
  private final Ageing ageing;
  private final Clock clock;

  public TicketResource(Tickets tickets, HandTickets byHand, Ageing ageing, Clock clock) {
    this.tickets = tickets;
    this.byHand = byHand;
    this.ageing = ageing;
    this.clock = clock;
  }

  /**
   * A ticket to be opened by hand; only {@code text} has to be there.
   *
   * @param subject what it is about, for example shop/number
   * @param owner a role or a person
   * @param due for example 4h, or 2 business days
   * @param priority LOW, NORMAL, HIGH or URGENT
   * @param level WARNING or BREACH
   * @param amount decimal text, with its currency
   */
  public record NewTicket(
      String text,
      String subject,
      String owner,
      String due,
      String priority,
      String level,
      String amount,
      String currency) {}

  @GET
  @Operation(
      summary = "Tickets, the newest first",
      description =
          "`state` is live (default: not closed), open, in-progress, to-verify, closed or all;"
              + " `before` is the id of the last one seen, to read on.")
  @APIResponse(responseCode = "200", description = "At most 1,000 tickets.")
  @APIResponse(responseCode = "400", description = "No such state.")
  public Response list(
      @QueryParam("state") @DefaultValue("live") String state,
      @Parameter(description = "ops, cs, warehouse, finance, sre, manager, or a person.")
          @QueryParam("owner")
          String owner,
      @Parameter(description = "PAYMENT, STUCK, ..., or HAND.") @QueryParam("kind") String kind,
      @Parameter(description = "<shop>/<order number>, a source, a pair.") @QueryParam("subject")
          String subject,
      @QueryParam("overdue") boolean overdue,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    Instant now = clock.instant();
    try {
      Filter filter = new Filter(state, owner, kind, subject, overdue);
      int most = Math.max(1, Math.min(limit, LIMIT_MAX));
      List<Map<String, Object>> found =
          tickets.list(filter, before, most, now).stream().map(one -> one.view(now)).toList();
      return Response.ok(Map.of("tickets", found)).build();
    } catch (IllegalArgumentException | Declined e) {
      return Asked.problem(400, e.getMessage());
    }
  }

  @GET
  @Path("/ageing")
  @Operation(
      summary = "How old the open work is, and how much money lies in it",
      description =
          "Counts and sums per currency in five buckets of business days: 0-1, 2-3, 4-7, 8-30,"
              + " >30.")
  @APIResponse(responseCode = "200", description = "The five buckets.")
  public Response ageing(@QueryParam("owner") String owner) {
    Instant now = clock.instant();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("asOf", now.toString());
    if (owner != null) {
      answer.put("owner", owner);
    }
    answer.put("buckets", ageing.of(owner, now));
    return Response.ok(answer).build();
  }

  @POST
  @Operation(
      summary = "Open a ticket by hand",
      description =
          "It is bound to no finding: only a person closes it. A second request with the same"
              + " `Idempotency-Key` answers with the ticket of the first.")
  @APIResponse(responseCode = "201", description = "Opened.")
  @APIResponse(responseCode = "200", description = "This request opened it before.")
  @APIResponse(responseCode = "400", description = "A value is missing or not readable.")
  public Response open(
      NewTicket ticket,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security) {
    Instant now = clock.instant();
    try {
      HandTickets.Opened opened = byHand.open(wanted(ticket, key), Asked.actor(security), now);
      return Response.status(opened.fresh() ? 201 : 200)
          .header("Location", "/api/tickets/" + opened.ticket().id())
          .header("ETag", "\"" + opened.ticket().version() + '"')
          .entity(opened.ticket().view(now))
          .build();
    } catch (IllegalArgumentException | Declined e) {
      return Asked.problem(400, e.getMessage());
    }
  }

  private static HandTickets.Wanted wanted(NewTicket asked, String key) {
    if (asked == null) {
      throw new IllegalArgumentException("expected {\"text\": \"...\"}: what is to be done");
    }
    Level level = Asked.choice("level", asked.level(), Level.class);
    return new HandTickets.Wanted(
        key == null ? null : Asked.text("Idempotency-Key", key, Asked.NAME_MAX, HEADER),
        Asked.subject(asked.subject()),
        level == null ? Level.WARNING : level,
        Asked.money(asked.amount(), asked.currency()),
        Asked.task(asked.text()),
        asked.owner() == null ? null : Asked.owner(asked.owner()),
        Asked.choice("priority", asked.priority(), Priority.class),
        asked.due() == null ? null : Asked.due(asked.due()));
  }
}
