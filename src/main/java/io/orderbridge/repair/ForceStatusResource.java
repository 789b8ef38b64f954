package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Person;
import io.orderbridge.repair.Proposals.Proposed;
import jakarta.ws.rs.Consumes;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Forces the status of one order in one call, which is a repair of one order. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Repairs")
public class ForceStatusResource {
  private static final int ACCEPTED = 202;

  private final Proposals proposals;
  private final Decisions decisions;
  private final ApplyRound round;
  private final RepairView view;
  private final Answers answers;
  private final Clock clock;

  ForceStatusResource(Parts parts, RepairView view, Answers answers, Clock clock) {
    this.proposals = parts.proposals();
    this.decisions = parts.decisions();
    this.round = parts.round();
    this.view = view;
    this.answers = answers;
    this.clock = clock;
  }

  /** What does it. */
  @jakarta.inject.Singleton
  record Parts(Proposals proposals, Decisions decisions, ApplyRound round) {}

  @POST
  @Path("/orders/{shop}/{number}/force-status")
  @Operation(
      summary = "Force the status of an order",
      description =
          "`status`, or `milestone` with `says` REACHED or NOT_REACHED; `reason`; if wanted `at`,"
              + " `parcel`, `role`, `override`. The same Idempotency-Key gives the same answer and"
              + " does nothing twice.")
  @APIResponse(responseCode = "200", description = "Done, or so already: before and after.")
  @APIResponse(responseCode = "202", description = "A second person has to approve it.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  @APIResponse(responseCode = "404", description = "No message has named this order yet.")
  @APIResponse(responseCode = "409", description = "The transition is refused, or the key is used.")
  public Response force(
      @PathParam("shop") String shop,
      @PathParam("number") String number,
      Map<String, Object> body,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security) {
    return Answers.to(
        () -> {
          OrderKey order = order(shop, number);
          Map<String, String> line = Map.of("shop", order.shop(), "number", order.number());
          RepairBody read = RepairBody.one(ForceAction.NAME, line, body);
          Person caller = Person.of(security.getUserPrincipal(), security::isUserInRole);
          Instant now = clock.instant();
          Proposed proposed =
              proposals.propose(
                  caller, read.ask(RepairBody.key(caller, key), true), read::lines, now);
          return proposed.answer() == null
              ? forced(caller, proposed.id(), now)
              : Answers.again(proposed.answer());
        });
  }

  private static OrderKey order(String shop, String number) {
    try {
      return new OrderKey(shop, number);
    } catch (IllegalArgumentException e) {
      throw new Declined(Kind.WRONG, e.getMessage());
    }
  }

  // Also for who asks again after the first call died on the way: what is left is done now.
  private Response forced(Person caller, long id, Instant now) {
    Map<String, Object> repair = shown(id);
    if (repair.get("state").equals("PROPOSED")) {
      if (repair.containsKey("approval")) {
        return answers.kept(id, ACCEPTED, answer(repair));
      }
      decisions.apply(caller, id, now);
    }
    round.applyBatch(id, now);
    Map<String, Object> done = shown(id);
    boolean settled = !item(done).get("state").equals("PLANNED");
    return settled ? answers.kept(id, 200, answer(done)) : Answers.of(ACCEPTED, answer(done));
  }

  private Map<String, Object> shown(long id) {
    return view.find(id, null, 0, 1).orElseThrow();
  }

  private static Map<?, ?> item(Map<String, Object> repair) {
    return (Map<?, ?>) ((List<?>) repair.get("items")).get(0);
  }

  private static Map<String, Object> answer(Map<String, Object> repair) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("repair", repair.get("id"));
    for (String key : List.of("order", "state", "before", "after", "why", "owed")) {
      if (item(repair).containsKey(key)) {
        answer.put(key, item(repair).get(key));
      }
    }
    if (repair.containsKey("approval")) {
      answer.put("approval", repair.get("approval"));
    }
    answer.put("link", "/api/repairs/" + repair.get("id"));
    return answer;
  }
}
