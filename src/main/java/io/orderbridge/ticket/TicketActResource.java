package io.orderbridge.ticket;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.TicketActs.Call;
import io.orderbridge.ticket.TicketActs.Outcome;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * One ticket, and what people do with it. Every act may say which version of the ticket it is about
 * ({@code If-Match}, or {@code version} in the body) and is refused when that is not the newest.
 */
@Path("/api/tickets/{id: \\d{1,18}}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Tickets")
public class TicketActResource {
  private final Tickets tickets;
  private final TicketActs acts;
  private final Clock clock;

  public TicketActResource(Tickets tickets, TicketActs acts, Clock clock) {
    this.tickets = tickets;
    this.acts = acts;
    this.clock = clock;
  }

  /** For whom; the version as it was seen. Both may be missing for {@code take}. */
  public record Handing(String owner, Long version) {}

  /** Why; the version as it was seen. */
  public record Because(String reason, Long version) {}

  /** The version as it was seen. */
  public record Seen(Long version) {}

  /** What somebody has to say. */
  public record Saying(String text) {}

  @GET
  @Operation(
      summary = "One ticket with its history and comments",
      description = "The header `ETag` is its version.")
  @APIResponse(responseCode = "200", description = "The ticket.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  public Response one(@PathParam("id") long id) {
    return tickets.find(id).map(this::story).orElseGet(() -> missing(id));
  }

  @POST
  @Path("/take")
  @Operation(
      summary = "Take it to work on it",
      description = "For the caller, or for `owner`; from whoever has it.")
  @APIResponse(responseCode = "200", description = "In progress.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  @APIResponse(responseCode = "409", description = "It has changed, or is closed; as it is now.")
  public Response take(
      @PathParam("id") long id,
      @HeaderParam("If-Match") String ifMatch,
      Handing body,
      @Context SecurityContext security) {
    return act(
        id,
        ifMatch,
        body == null ? null : body.version(),
        security,
        call ->
            acts.take(
                call,
                Asked.owner(body == null || body.owner() == null ? call.actor() : body.owner())));
  }

  @POST
  @Path("/assign")
  @Operation(summary = "Give it to a role or a person", description = "Who has not begun yet.")
  @APIResponse(responseCode = "200", description = "Given.")
  @APIResponse(responseCode = "400", description = "No owner.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  @APIResponse(responseCode = "409", description = "It has changed, or is closed; as it is now.")
  public Response assign(
      @PathParam("id") long id,
      @HeaderParam("If-Match") String ifMatch,
      Handing body,
      @Context SecurityContext security) {
    return act(
        id,
        ifMatch,
        body == null ? null : body.version(),
        security,
        call -> acts.assign(call, Asked.owner(body == null ? null : body.owner())));
  }

  @POST
  @Path("/to-verify")
  @Operation(
      summary = "Say that it is mended",
      description =
          "The next run of the check closes it when it finds nothing any more, and gives it back"
              + " when it does.")
  @APIResponse(responseCode = "200", description = "To verify.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  @APIResponse(responseCode = "409", description = "It has changed, or nobody works on it.")
  public Response toVerify(
      @PathParam("id") long id,
      @HeaderParam("If-Match") String ifMatch,
      Seen body,
      @Context SecurityContext security) {
    return act(id, ifMatch, body == null ? null : body.version(), security, acts::toVerify);
  }

  @POST
  @Path("/close")
  @Operation(
      summary = "Close it with a reason",
      description =
          "Allowed although the finding is still there, for example when it is accepted; when the"
              + " finding goes and comes back, the ticket is opened again.")
  @APIResponse(responseCode = "200", description = "Closed.")
  @APIResponse(responseCode = "400", description = "No reason.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  @APIResponse(responseCode = "409", description = "It has changed, or is closed; as it is now.")
  public Response close(
      @PathParam("id") long id,
      @HeaderParam("If-Match") String ifMatch,
      Because body,
      @Context SecurityContext security) {
    return act(
        id,
        ifMatch,
        body == null ? null : body.version(),
        security,
        call -> acts.close(call, reason(body, TicketActs.WHY_CLOSE)));
  }

  @POST
  @Path("/reopen")
  @Operation(summary = "Open a closed one again", description = "Due anew, with a reason.")
  @APIResponse(responseCode = "200", description = "Open.")
  @APIResponse(responseCode = "400", description = "No reason.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  @APIResponse(responseCode = "409", description = "It has changed, or is not closed.")
  public Response reopen(
      @PathParam("id") long id,
      @HeaderParam("If-Match") String ifMatch,
      Because body,
      @Context SecurityContext security) {
    return act(
        id,
        ifMatch,
        body == null ? null : body.version(),
        security,
        call -> acts.reopen(call, reason(body, TicketActs.WHY_REOPEN)));
  }

  @POST
  @Path("/comment")
  @Operation(
      summary = "Write a comment",
      description = "At most 4,000 characters; it changes no version. Write no personal data.")
  @APIResponse(responseCode = "201", description = "Written.")
  @APIResponse(responseCode = "400", description = "No text, or too long a one.")
  @APIResponse(responseCode = "404", description = "No ticket of this number.")
  public Response comment(
      @PathParam("id") long id, Saying body, @Context SecurityContext security) {
    try {
      String text = Asked.comment(body == null ? null : body.text());
      Call call = new Call(id, null, Asked.actor(security), clock.instant());
      if (!acts.comment(call, text)) {
        return missing(id);
      }
    } catch (IllegalArgumentException | Declined e) {
      return Asked.problem(400, e.getMessage());
    }
    return tickets
        .find(id)
        .map(story -> Response.fromResponse(story(story)).status(201).build())
        .orElseGet(() -> missing(id));
  }

  private static String reason(Because body, Wording why) {
    return Asked.reason(body == null ? null : body.reason(), why);
  }

  private Response act(
      long id, String ifMatch, Long inBody, SecurityContext security, Function<Call, Outcome> act) {
    Outcome outcome;
    try {
      Long version = Asked.version(ifMatch, inBody);
      outcome = act.apply(new Call(id, version, Asked.actor(security), clock.instant()));
    } catch (IllegalArgumentException | Declined e) {
      return Asked.problem(400, e.getMessage());
    }
    if (outcome instanceof Outcome.Done) {
      return one(id);
    }
    if (outcome instanceof Outcome.Stale stale) {
      return conflict(
          stale.ticket(),
          "ticket %d has changed since: it is version %d now; look at it and ask again"
              .formatted(id, stale.ticket().version()));
    }
    if (outcome instanceof Outcome.NotNow notNow) {
      return conflict(
          notNow.ticket(),
          "ticket %d is %s; what can be done with it: %s"
              .formatted(
                  id,
                  notNow.ticket().state().name(),
                  String.join(", ", notNow.ticket().state().acts())));
    }
    return missing(id);
  }

  private Response story(Tickets.Story story) {
    Map<String, Object> view = story.ticket().view(clock.instant());
    view.put("events", story.events());
    view.put("comments", story.comments());
    return tagged(Response.ok(view), story.ticket()).build();
  }

  private Response conflict(Ticket ticket, String why) {
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("error", why);
    entity.put("current", ticket.view(clock.instant()));
    return tagged(Response.status(Response.Status.CONFLICT).entity(entity), ticket).build();
  }

  private static Response.ResponseBuilder tagged(Response.ResponseBuilder to, Ticket ticket) {
    return to.header("ETag", "\"" + ticket.version() + '"');
  }

  private static Response missing(long id) {
    return Asked.problem(404, "there is no ticket " + id);
  }
}
