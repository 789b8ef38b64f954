package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.repair.Proposals.Ask;
import io.orderbridge.repair.Proposals.Proposed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Repairs: proposed, looked at, approved, applied, stopped, taken back. */
@Path("/api/repairs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
    name = "Repairs",
    description = "Forced changes of one order or of many: dry run, approval, result per order.")
public class RepairResource {
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int PAGE_MAX = 1_000;
  private static final int PAGE_FIRST = 100;

  private final Proposals proposals;
  private final Decisions decisions;
  private final RepairView view;
  private final Answers answers;
  private final Clock clock;

  RepairResource(
      Proposals proposals, Decisions decisions, RepairView view, Answers answers, Clock clock) {
    this.proposals = proposals;
    this.decisions = decisions;
    this.view = view;
    this.answers = answers;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Propose a repair",
      description =
          "`action` (force, resend, refund, restore), `reason`, `orders` (a list of objects with"
              + " `shop` and `number`), if wanted `role` and `override`, and the options of the"
              + " action. Answers the dry run; nothing is changed yet. `Idempotency-Key` is"
              + " honoured.")
  @APIResponse(responseCode = "201", description = "The proposal with its dry run.")
  @APIResponse(responseCode = "400", description = "Not clear; bad lines by number.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "409", description = "The key was used for something else.")
  public Response propose(
      Map<String, Object> body,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security) {
    return Answers.to(
        () -> {
          RepairBody read = RepairBody.json(body);
          return propose(person(security), read, key);
        });
  }

  @POST
  @Consumes("text/csv")
  @Operation(
      summary = "Propose a repair of a list",
      description =
          "The body is CSV in UTF-8 with the columns shop, number and those of the action (at,"
              + " reason, parcel, amount, ...); all else stands in query parameters.")
  @APIResponse(responseCode = "201", description = "The proposal with its dry run.")
  @APIResponse(responseCode = "400", description = "Bad lines by number; nothing is done.")
  public Response proposeList(
      byte[] body,
      @HeaderParam("Idempotency-Key") String key,
      @Context UriInfo uri,
      @Context SecurityContext security) {
    return Answers.to(
        () -> {
          RepairBody read = RepairBody.csv(body, uri.getQueryParameters());
          return propose(person(security), read, key);
        });
  }

  private Response propose(Person caller, RepairBody body, String key) {
    Ask ask = body.ask(RepairBody.key(caller, key), false);
    Proposed proposed = proposals.propose(caller, ask, body::lines, clock.instant());
    return answered(proposed);
  }

  private Response answered(Proposed proposed) {
    return proposed.answer() != null
        ? Answers.again(proposed.answer())
        : answers.kept(proposed.id(), CREATED, shown(proposed.id()));
  }

  private Map<String, Object> shown(long id) {
    return view.find(id, null, 0, PAGE_FIRST)
        .orElseThrow(() -> new Declined(Kind.MISSING, "there is no repair " + id));
  }

  @GET
  @Operation(
      summary = "Repairs, the newest first",
      description = "`state` narrows down; `before` is the id of the last one seen, to read on.")
  @APIResponse(responseCode = "200", description = "Repairs without their orders.")
  @APIResponse(responseCode = "400", description = "No such state.")
  public Response list(
      @QueryParam("state") String state,
      @QueryParam("before") Long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return Answers.to(
        () -> {
          oneOf(state, Repair.State.values());
          int most = Math.max(1, Math.min(limit, PAGE_MAX));
          return Answers.of(200, Map.of("repairs", view.list(state, before, most)));
        });
  }

  private static void oneOf(String state, Enum<?>... allowed) {
    List<String> names = Arrays.stream(allowed).map(Enum::name).toList();
    if (state != null && !names.contains(state)) {
      throw new Declined(Kind.WRONG, "'state' is one of " + String.join(", ", names));
    }
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One repair with its dry run and the result of each order",
      description =
          "`state` narrows the orders down; `after` is the item of the last one seen, to read on.")
  @APIResponse(responseCode = "200", description = "Summary, and at most 1,000 orders.")
  @APIResponse(responseCode = "404", description = "No such repair.")
  public Response one(
      @PathParam("id") long id,
      @QueryParam("state") String state,
      @QueryParam("after") @DefaultValue("0") int after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return Answers.to(
        () -> {
          oneOf(state, RepairItem.State.values());
          int most = Math.max(1, Math.min(limit, PAGE_MAX));
          return Answers.of(
              200,
              view.find(id, state, after, most)
                  .orElseThrow(() -> new Declined(Kind.MISSING, "there is no repair " + id)));
        });
  }

  @POST
  @Path("/{id}/approve")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Approve a proposal of somebody else",
      description = "`{\"reason\": \"...\", \"apply\": true}`, both if wanted.")
  @APIResponse(responseCode = "200", description = "Approved, and begun with `apply`.")
  @APIResponse(responseCode = "403", description = "The proposer, or not the role.")
  public Response approve(
      @PathParam("id") long id, String text, @Context SecurityContext security) {
    Map<String, Object> body = RepairBody.optional(text);
    return act(
        id,
        () -> {
          decisions.approve(person(security), id, reason(body), clock.instant());
          if (body != null && Boolean.TRUE.equals(body.get("apply"))) {
            decisions.apply(person(security), id, clock.instant());
          }
        });
  }

  @POST
  @Path("/{id}/reject")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Reject a proposal, or take back one's own")
  @APIResponse(responseCode = "200", description = "Rejected.")
  public Response reject(@PathParam("id") long id, String text, @Context SecurityContext security) {
    Map<String, Object> body = RepairBody.optional(text);
    return act(id, () -> decisions.reject(person(security), id, reason(body), clock.instant()));
  }

  @POST
  @Path("/{id}/apply")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Begin, or go on after a stop",
      description = "Done order by order in the background; look at the repair.")
  @APIResponse(responseCode = "202", description = "Begun.")
  @APIResponse(responseCode = "409", description = "A second person has to approve, or it is over.")
  public Response apply(@PathParam("id") long id, @Context SecurityContext security) {
    return Answers.to(
        () -> {
          decisions.apply(person(security), id, clock.instant());
          return Answers.of(ACCEPTED, shown(id));
        });
  }

  @POST
  @Path("/{id}/stop")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Stop",
      description = "What is in work ends, nothing more is begun; apply goes on.")
  @APIResponse(responseCode = "200", description = "Stopped.")
  public Response stop(@PathParam("id") long id, String text, @Context SecurityContext security) {
    Map<String, Object> body = RepairBody.optional(text);
    return act(id, () -> decisions.stop(person(security), id, reason(body)));
  }

  @POST
  @Path("/{id}/read-back")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Look at the targets again now",
      description = "After something was mended there; also when looking had ended.")
  @APIResponse(responseCode = "200", description = "The next round looks.")
  public Response readBack(@PathParam("id") long id, @Context SecurityContext security) {
    return act(id, () -> decisions.readBack(person(security), id, clock.instant()));
  }

  @POST
  @Path("/{id}/undo")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Propose to take a repair back",
      description = "`{\"reason\": \"...\", \"items\": [1, 2]}`; without items all of its orders.")
  @APIResponse(responseCode = "201", description = "A proposal of its own, with its dry run.")
  @APIResponse(responseCode = "409", description = "It cannot be taken back.")
  public Response undo(
      @PathParam("id") long id,
      Map<String, Object> body,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security) {
    return Answers.to(
        () -> {
          Person caller = person(security);
          Ask ask = RepairBody.undo(body, id, RepairBody.key(caller, key));
          List<Integer> items = RepairBody.items(body);
          return answered(proposals.undo(caller, id, items, ask, clock.instant()));
        });
  }

  private static String reason(Map<String, Object> body) {
    return body == null || body.get("reason") == null ? "" : body.get("reason").toString();
  }

  private Response act(long id, Runnable doing) {
    return Answers.to(
        () -> {
          doing.run();
          return Answers.of(200, shown(id));
        });
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }
}
