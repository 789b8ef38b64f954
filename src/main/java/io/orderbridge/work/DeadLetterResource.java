package io.orderbridge.work;

import io.orderbridge.kernel.Cause;
import io.orderbridge.work.DeadLetter.Filter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Dead letters: find, look into, correct, replay, discard. Every act is audited. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters", description = "What could not be applied or delivered.")
public class DeadLetterResource {
  private static final Filter ALL = new Filter(null, null, null, null, null, null, null);

  private final DeadLetters letters;

  public DeadLetterResource(DeadLetters letters) {
    this.letters = letters;
  }

  /**
   * Which letters to replay.
   *
   * @param perSecond 0 or missing for no limit
   */
  public record Replay(Wanted filter, Integer perSecond) {}

  /** A filter as JSON; what is missing is not a condition. Times are ISO-8601 with offset. */
  public record Wanted(
      String connection, String target, String cause, String subject, String from, String to) {}

  /** Why a letter is discarded. */
  public record Discard(String reason) {}

  @GET
  @Operation(
      summary = "List dead letters",
      description = "Open ones unless another state is asked.")
  @APIResponse(responseCode = "200", description = "Letters by number, and where to go on.")
  @APIResponse(responseCode = "400", description = "A filter is not readable.")
  public Response list(
      @QueryParam("connection") String connection,
      @QueryParam("target") String target,
      @QueryParam("cause") String cause,
      @Parameter(description = "<shop>/<order number>, or the sender's message id.")
          @QueryParam("subject")
          String subject,
      @Parameter(description = "OPEN, REPLAYED, DISCARDED or MOOT.") @QueryParam("state")
          String state,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    try {
      Filter filter =
          new Filter(
              connection, target, cause(cause), subject, state, time("from", from), time("to", to));
      List<DeadLetter> found = letters.list(filter, after, limit);
      long next = found.isEmpty() ? after : found.get(found.size() - 1).id();
      return Response.ok(Map.of("deadLetters", found, "after", next)).build();
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
  }

  @GET
  @Path("/{id}")
  @Operation(
      summary = "One dead letter with payload and every attempt",
      description = "The look is audited: a payload may hold personal data.")
  @APIResponse(responseCode = "200", description = "The letter.")
  @APIResponse(responseCode = "404", description = "No letter of this number.")
  public Response open(@PathParam("id") long id, @Context SecurityContext security) {
    return letters
        .open(id, actor(security))
        .map(letter -> Response.ok(letter).build())
        .orElseGet(() -> missing(id));
  }

  @PUT
  @Path("/{id}/payload")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Correct the payload copy",
      description = "The body is the new copy. The next replay uses it; the original stays.")
  @APIResponse(responseCode = "204", description = "Kept.")
  @APIResponse(responseCode = "404", description = "No open letter of this number.")
  public Response edit(
      @PathParam("id") long id, String payload, @Context SecurityContext security) {
    if (payload == null || payload.isBlank()) {
      return problem(400, "the body is empty; send the corrected payload as the body");
    }
    return letters.edit(id, payload, actor(security)) ? Response.noContent().build() : missing(id);
  }

  @POST
  @Path("/{id}/replay")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Replay one", description = "Under the same idempotency key.")
  @APIResponse(responseCode = "202", description = "Back in its queue.")
  @APIResponse(responseCode = "404", description = "No open letter of this number.")
  public Response replay(@PathParam("id") long id, @Context SecurityContext security) {
    int replayed = letters.replay(id, ALL, 0, actor(security));
    return replayed == 1 ? accepted(replayed) : missing(id);
  }

  @POST
  @Path("/replay")
  @Operation(
      summary = "Replay all that a filter matches",
      description = "An empty filter means all open letters. perSecond spreads them over time.")
  @APIResponse(responseCode = "202", description = "How many are back in their queues.")
  @APIResponse(responseCode = "400", description = "The filter is not readable.")
  public Response replayAll(Replay replay, @Context SecurityContext security) {
    if (replay == null || replay.filter() == null) {
      return problem(
          400, "expected {\"filter\": {...}, \"perSecond\": 10}; an empty filter means all");
    }
    try {
      Wanted wanted = replay.filter();
      Filter filter =
          new Filter(
              wanted.connection(),
              wanted.target(),
              cause(wanted.cause()),
              wanted.subject(),
              null,
              time("from", wanted.from()),
              time("to", wanted.to()));
      int perSecond = replay.perSecond() == null ? 0 : replay.perSecond();
      return accepted(letters.replay(null, filter, perSecond, actor(security)));
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
  }

  @POST
  @Path("/{id}/discard")
  @Operation(summary = "Settle one without doing it", description = "A reason is required.")
  @APIResponse(responseCode = "204", description = "Discarded.")
  @APIResponse(responseCode = "400", description = "The reason is missing.")
  @APIResponse(responseCode = "404", description = "No open letter of this number.")
  public Response discard(
      @PathParam("id") long id, Discard discard, @Context SecurityContext security) {
    if (discard == null || discard.reason() == null || discard.reason().isBlank()) {
      return problem(400, "expected {\"reason\": \"...\"}: why nothing has to be done");
    }
    return letters.discard(id, discard.reason(), actor(security))
        ? Response.noContent().build()
        : missing(id);
  }

  static String actor(SecurityContext security) {
    return security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
  }

  private static Cause cause(String text) {
    try {
      return text == null ? null : Cause.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'cause' is none of " + Arrays.toString(Cause.values()), e);
    }
  }

  private static Instant time(String name, String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no time with offset such as 2026-11-20T10:00:00+08:00".formatted(name), e);
    }
  }

  private static Response accepted(int replayed) {
    return Response.accepted(Map.of("replayed", replayed)).build();
  }

  private static Response missing(long id) {
    return problem(404, "there is no open dead letter " + id);
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
