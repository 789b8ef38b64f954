package io.orderbridge.board;

import io.orderbridge.finding.Concerned.Found;
import io.orderbridge.kernel.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The flow board: where orders are, how long, which are abnormal; live, and the orders behind. */
@Path("/api/dashboard")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flow board", description = "Where orders are, how long, how many; live.")
public class BoardResource {
  private static final int LIMIT_MAX = 500;

  private final Board board;
  private final BoardOrders orders;
  private final BoardStream stream;
  private final Clock clock;

  BoardResource(Board board, BoardOrders orders, BoardStream stream, Clock clock) {
    this.board = board;
    this.orders = orders;
    this.stream = stream;
    this.clock = clock;
  }

  @GET
  @Path("/order-flow")
  @Operation(
      summary = "The flow board",
      description =
          "Orders by canonical status and by the milestone they reached last; how long those that"
              + " left a milestone within the last `hours` had stayed there (to 3 %); how many"
              + " reached each per hour (above 24 hours: per day in UTC); orders with open"
              + " findings; orders whose status moved in that time, and how many of them are"
              + " delayed: a status took more than 300 s to the order book or to a system it is"
              + " owed to. Numbers only.")
  @APIResponse(responseCode = "200", description = "The board, at most three seconds old.")
  @APIResponse(responseCode = "400", description = "Hours are not 1 to 168.")
  public Response flow(@QueryParam("hours") @DefaultValue("" + Board.HOURS) int hours) {
    return Board.isWindow(hours)
        ? Response.ok(board.read(hours, clock.instant())).build()
        : problem(400, "'hours' is 1 to " + Board.HOURS_MAX);
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "The flow board, live",
      description =
          "Server-sent events `board`, each the whole board of the last 24 hours: one at once, then"
              + " at most one a second, when it has changed.")
  public void stream(@Context SseEventSink sink, @Context Sse sse) {
    if (!stream.open(new Browser(sink, sse), clock.instant())) {
      sink.close();
    }
  }

  /** A browser that holds its connection open. */
  private record Browser(SseEventSink sink, Sse sse) implements BoardStream.Screen {
    @Override
    public java.util.concurrent.CompletionStage<?> show(String json) {
      return sink.send(sse.newEventBuilder().name("board").data(json).build());
    }

    @Override
    public java.util.concurrent.CompletionStage<?> stay() {
      return sink.send(sse.newEventBuilder().comment("still here").build());
    }

    @Override
    public void end() {
      sink.close();
    }

    @Override
    public boolean isGone() {
      return sink.isClosed();
    }
  }

  @GET
  @Path("/orders")
  @Operation(
      summary = "The orders behind a number of the board",
      description =
          "`status` and `node` (the milestone reached last) narrow down; `abnormal` is any, stuck,"
              + " contradictory or the kind of a finding; `late` lists the delayed"
              + " orders of the sync delay rate of the last `hours`. The newest first, abnormal"
              + " ones by name. Ask again with `after` of the answer. The warehouse sees which"
              + " findings there are, not their text and amount.")
  @APIResponse(responseCode = "200", description = "At most 500 orders; no personal data.")
  @APIResponse(responseCode = "400", description = "No such status, node, kind, or place.")
  public Response list(
      @QueryParam("status") String status,
      @QueryParam("node") String node,
      @QueryParam("abnormal") String abnormal,
      @QueryParam("late") boolean late,
      @QueryParam("hours") @DefaultValue("" + Board.HOURS) int hours,
      @QueryParam("after") String after,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @Context SecurityContext caller) {
    try {
      BoardOrders.Page page =
          orders.list(
              BoardOrders.Filter.of(status, node, abnormal, late ? hours : null, clock.instant()),
              after,
              Math.max(1, Math.min(limit, LIMIT_MAX)));
      Map<String, Object> answer = new LinkedHashMap<>();
      boolean whole = seesMoney(caller);
      answer.put("orders", page.rows().stream().map(row -> view(row, whole)).toList());
      answer.put("after", page.after());
      return Response.ok(answer).build();
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
  }

  // Findings tell amounts in their sentences, too. Who has no role sees as little as the warehouse.
  private static boolean seesMoney(SecurityContext caller) {
    return Stream.of(Role.values())
        .filter(role -> role != Role.WAREHOUSE)
        .anyMatch(role -> caller.isUserInRole(role.word()));
  }

  private static Map<String, Object> view(BoardOrders.Row row, boolean whole) {
    Map<String, Object> view = new LinkedHashMap<>();
    int slash = row.subject().indexOf('/');
    view.put("shop", row.subject().substring(0, slash));
    view.put("number", row.subject().substring(slash + 1));
    view.put("status", row.status());
    view.put("node", row.node());
    view.put("since", row.since() == null ? null : row.since().toString());
    view.put("late", row.late());
    view.put("findings", row.findings().stream().map(found -> view(found, whole)).toList());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private static Map<String, Object> view(Found found, boolean whole) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", found.kind().name());
    view.put("code", found.code());
    view.put("level", found.level());
    if (whole) {
      view.put("amount", found.amount());
      view.put("currency", found.currency());
      view.put("text", Map.of("zh", found.zh(), "en", found.en()));
    }
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
