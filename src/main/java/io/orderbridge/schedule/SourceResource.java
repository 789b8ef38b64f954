package io.orderbridge.schedule;

import io.orderbridge.kernel.Declined;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Sources that are read by period: how far they are proved, what is missing, what to read again.
 */
@Path("/api/sources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sources", description = "What is read by period, and how far it is complete.")
public class SourceResource {
  private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final int LIMIT_MAX = 1_000;

  private final Sources sources;
  private final SourceStates states;
  private final SourceDesk desk;
  private final SourceRows rows;
  private final Clock clock;

  SourceResource(
      Sources sources, SourceStates states, SourceDesk desk, SourceRows rows, Clock clock) {
    this.sources = sources;
    this.states = states;
    this.desk = desk;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Which period to read again.
   *
   * @param from with {@code to}: ISO-8601 with offset
   * @param day instead of both, in the zone of the source
   */
  public record Again(String from, String to, String day, String reason) {}

  @GET
  @Operation(
      summary = "All sources",
      description =
          "completeUntil: all before it was read and reached the order book. State: AWAITED is not"
              + " due yet, DUE is being read or proved, LATE is overdue, PROVED has nothing open.")
  @APIResponse(responseCode = "200", description = "Sources by name.")
  public Map<String, Object> list() {
    Instant now = clock.instant();
    List<Map<String, Object>> list = new ArrayList<>();
    for (Source source : sources.all()) {
      list.add(view(source, states.state(source, now)));
    }
    return Map.of("sources", list);
  }

  private static Map<String, Object> view(Source source, SourceStates.State state) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("source", source.key());
    view.put("state", state.word());
    view.put("completeUntil", local(source, state.completeUntil()));
    view.put("awaited", state.awaited());
    view.put("due", state.due());
    view.put("late", state.late());
    view.put("readNotProved", state.unproved());
    view.put("deadLetters", state.deadLetters());
    view.put("nextDue", local(source, state.nextDue()));
    view.put("problem", state.problem());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private static String local(Source source, Instant at) {
    return at == null ? null : FileId.TIME.format(at.atZone(source.zone()));
  }

  @GET
  @Path("/awaited")
  @Operation(
      summary = "What is missing for a day, by name",
      description = "AWAITED is not due yet and no fault. The day is that of each source's zone.")
  @APIResponse(responseCode = "200", description = "Missing and complete sources.")
  @APIResponse(responseCode = "400", description = "The day is not readable.")
  public Response awaited(@QueryParam("day") String day) {
    return answer(() -> desk.awaited(Asked.day("day", day)));
  }

  @GET
  @Path("/{connection}/{source}/windows")
  @Operation(summary = "The windows of a source, the newest first")
  @APIResponse(responseCode = "200", description = "Windows.")
  @APIResponse(responseCode = "400", description = "A time is not readable.")
  @APIResponse(responseCode = "404", description = "No such source.")
  public Response windows(
      @PathParam("connection") String connection,
      @PathParam("source") String name,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @Parameter(description = "AWAITED, DUE, LATE, READ, PROVED; GAP: due, not proved.")
          @QueryParam("state")
          String state,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return of(
        connection,
        name,
        source -> {
          List<Map<String, Object>> found =
              desk.windows(
                  source,
                  Asked.time("from", from, Instant.EPOCH.minusSeconds(1)),
                  Asked.time("to", to, EVER),
                  state,
                  Math.max(1, Math.min(limit, LIMIT_MAX)));
          return Map.of("source", source.key(), "windows", found);
        });
  }

  @GET
  @Path("/{connection}/{source}/recovered")
  @Operation(
      summary = "What should have been pushed and came from this source first",
      description = "Only of sources with 'pushed: true'; by id of the source.")
  @APIResponse(responseCode = "200", description = "Ids with message and window.")
  @APIResponse(responseCode = "404", description = "No such source.")
  public Response recovered(
      @PathParam("connection") String connection,
      @PathParam("source") String name,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    return of(
        connection,
        name,
        source ->
            Map.of(
                "source",
                source.key(),
                "recovered",
                states.recovered(
                    source, Asked.time("from", from, Instant.EPOCH), Asked.time("to", to, EVER))));
  }

  @GET
  @Path("/{connection}/{source}/rows")
  @Operation(summary = "The rows of the file of a day", description = "The newest version of it.")
  @APIResponse(responseCode = "200", description = "Rows by place, and where to go on.")
  @APIResponse(responseCode = "404", description = "No such source.")
  public Response rows(
      @PathParam("connection") String connection,
      @PathParam("source") String name,
      @QueryParam("day") String day,
      @Parameter(description = "Only what was put aside.") @QueryParam("refused") boolean refused,
      @QueryParam("after") @DefaultValue("0") int after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return of(
        connection,
        name,
        source -> {
          List<SourceRows.Row> found =
              rows.list(
                  source.key(),
                  Asked.period(source, Asked.day("day", day)).from(),
                  after,
                  refused,
                  Math.max(1, Math.min(limit, LIMIT_MAX)));
          int next = found.isEmpty() ? after : found.get(found.size() - 1).place();
          return Map.of(
              "source",
              source.key(),
              "rows",
              found.stream().map(SourceRows.Row::view).toList(),
              "after",
              next);
        });
  }

  @POST
  @Path("/{connection}/{source}/read-again")
  @Operation(
      summary = "Read a period again",
      description = "Its windows are due at once; what is stored already stays as it is. Audited.")
  @APIResponse(responseCode = "202", description = "How many windows are due.")
  @APIResponse(responseCode = "400", description = "No period, no reason, or too long a period.")
  @APIResponse(responseCode = "404", description = "No such source.")
  public Response readAgain(
      @PathParam("connection") String connection,
      @PathParam("source") String name,
      Again again,
      @Context SecurityContext security) {
    return of(
        connection,
        name,
        source -> {
          if (again == null || again.reason() == null || again.reason().isBlank()) {
            throw new IllegalArgumentException(
                "expected {\"from\": .., \"to\": .., \"reason\": ..} or {\"day\": .., \"reason\":"
                    + " ..}");
          }
          Asked.Period period =
              again.day() != null
                  ? Asked.period(source, Asked.day("day", again.day()))
                  : new Asked.Period(
                      Asked.time("from", again.from(), null), Asked.time("to", again.to(), null));
          int due =
              desk.readAgain(
                  source.key(), period.from(), period.to(), again.reason(), actor(security));
          return Map.of("source", source.key(), "windows", due);
        },
        202);
  }

  private static String actor(SecurityContext security) {
    return security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
  }

  private Response of(String connection, String name, Function<Source, Object> found) {
    return of(connection, name, found, 200);
  }

  private Response of(String connection, String name, Function<Source, Object> found, int status) {
    return sources
        .find(connection + "/" + name)
        .map(source -> answer(() -> found.apply(source), status))
        .orElseGet(
            () ->
                problem(
                    404,
                    "no connection file in force has the source %s/%s"
                        .formatted(connection, name)));
  }

  private static Response answer(java.util.function.Supplier<Object> found) {
    return answer(found, 200);
  }

  private static Response answer(java.util.function.Supplier<Object> found, int status) {
    try {
      return Response.status(status).entity(found.get()).build();
    } catch (Declined e) {
      return problem(e.status(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
