package io.orderbridge.work;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What waits, and how it is hurried up after an outage. */
@Path("/api/queues")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Queues", description = "What waits, and what is hurried up.")
public class QueueResource {
  private final Backlog backlog;
  private final WorkQueue queue;
  private final Database database;

  public QueueResource(Backlog backlog, WorkQueue queue, Database database) {
    this.backlog = backlog;
    this.queue = queue;
    this.database = database;
  }

  /** Which queue: {@code inbox:<connection>} or {@code outbox:<target>}. */
  public record Hurry(String queue) {}

  @GET
  @Operation(summary = "What waits", description = "Work and open dead letters of each queue.")
  @APIResponse(responseCode = "200", description = "Counts, a few seconds old.")
  public Map<String, Object> waiting() {
    Map<String, Object> waiting = new TreeMap<>(backlog.queues());
    return Map.of("waiting", waiting, "deadLetters", new TreeMap<>(backlog.deadLetters()));
  }

  @POST
  @Path("/due-now")
  @Operation(
      summary = "Try again now what waits for its next attempt",
      description =
          "After an outage: the retry schedule of a queue is not waited for. The order of each"
              + " lane, the target's rate and its breaker stay.")
  @APIResponse(responseCode = "202", description = "How many lanes are due now.")
  @APIResponse(responseCode = "400", description = "No queue is named.")
  public Response dueNow(Hurry hurry, @Context SecurityContext security) {
    if (hurry == null || hurry.queue() == null || !hurry.queue().matches("(in|out)box:.+")) {
      return Response.status(400)
          .entity(Map.of("error", "expected {\"queue\": \"outbox:<target>\"}"))
          .build();
    }
    int lanes =
        database.inTransaction(
            connection -> {
              int due = queue.dueNow(connection, hurry.queue());
              Audit.write(
                  connection,
                  new Audit.Act(
                      DeadLetterResource.actor(security),
                      "queue.hurried",
                      hurry.queue(),
                      "",
                      "lanes=" + due));
              return due;
            });
    return Response.accepted(Map.of("lanes", lanes)).build();
  }
}
