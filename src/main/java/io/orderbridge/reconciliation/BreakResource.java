package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.reconciliation.BreakActs.Act;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.ticket.Ageing;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Breaks: what does not agree, until somebody or a later run has closed it. */
@Path("/api/breaks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Breaks", description = "Differences between two books, through all runs.")
public class BreakResource {
  private static final int PAGE_MAX = 1_000;

  private final BreakBook breaks;
  private final BreakActs acts;
  private final BreakLinks links;
  private final Clock clock;

  BreakResource(BreakBook breaks, BreakActs acts, BreakLinks links, Clock clock) {
    this.breaks = breaks;
    this.acts = acts;
    this.links = links;
    this.clock = clock;
  }

  /** Why it is done. */
  public record Reason(String reason) {}

  /** An entry of a snapshot. */
  public record Entry(long snapshot, int place) {}

  /** What belongs together: all entries of these breaks, and these entries. */
  public record Link(
      String reconciliation,
      List<Long> breaks,
      List<Entry> left,
      List<Entry> right,
      String reason) {}

  @GET
  @Operation(
      summary = "Breaks, the oldest first",
      description =
          "`state` OPEN, PROPOSED, ACCEPTED, WRITTEN_OFF, LINKED, CLEARED; `bucket` 0-1, 2-3, 4-7,"
              + " 8-30, >30 business days; `after` is the id of the last one seen, to read on.")
  @APIResponse(responseCode = "200", description = "Breaks, and where to go on.")
  @APIResponse(responseCode = "400", description = "No such state, class or bucket.")
  public Response list(
      @QueryParam("state") String state,
      @QueryParam("reconciliation") String reconciliation,
      @QueryParam("class") String kind,
      @QueryParam("bucket") String bucket,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return Replies.to(
        () -> {
          List<Map<String, Object>> found =
              breaks.list(
                  new BreakBook.Asked(state, reconciliation, kind, bucket, after),
                  Math.max(1, Math.min(limit, PAGE_MAX)));
          Object next = found.isEmpty() ? after : found.get(found.size() - 1).get("id");
          return Replies.of(200, Map.of("breaks", found, "after", next));
        });
  }

  @GET
  @Path("/ageing")
  @Operation(
      summary = "How old open breaks are, and how much lies in them",
      description = "By business days of the tickets' calendar; the unsettled are told apart.")
  @APIResponse(responseCode = "200", description = "Count and amount by bucket and currency.")
  public Response ageing(@QueryParam("reconciliation") String reconciliation) {
    return Replies.of(200, Map.of("buckets", Ageing.NAMES, "open", breaks.ageing(reconciliation)));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One break with its trail")
  @APIResponse(responseCode = "200", description = "The break, and what was done to it.")
  @APIResponse(responseCode = "404", description = "No such break.")
  public Response one(@PathParam("id") long id) {
    return Replies.to(() -> Replies.of(200, breaks.one(id)));
  }

  @POST
  @Path("/{id}/{act: accept|write-off|approve|refuse|reopen}")
  @Operation(
      summary = "Decide about a break",
      description =
          "accept: it may stay as it is. write-off: proposed by one, approve or refuse by another;"
              + " above the limit of the file the owner. reopen: what was accepted, written off or"
              + " linked. `{\"reason\": \"...\"}`; approve needs none. For finance and the owner."
              + " Done again it changes nothing.")
  @APIResponse(responseCode = "200", description = "The break as it is now.")
  @APIResponse(responseCode = "400", description = "The reason is missing.")
  @APIResponse(responseCode = "403", description = "Not the role, or the proposer.")
  @APIResponse(responseCode = "404", description = "No such break.")
  @APIResponse(responseCode = "409", description = "Its state does not allow it.")
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      Reason body,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Act wanted = Act.valueOf(act.toUpperCase(Locale.ROOT).replace('-', '_'));
          String reason = body == null ? null : body.reason();
          acts.act(person(security), id, wanted, reason, clock.instant());
          return Replies.of(200, breaks.one(id));
        });
  }

  @POST
  @Path("/link")
  @Operation(
      summary = "Say which entries belong together",
      description =
          "All entries of `breaks`, and the entries `left` and `right` (`snapshot`, `place`), each"
              + " of an open break of `reconciliation`. The next run that they come into honours"
              + " it. `proposal` is a pass that would have found it, with what it would have done"
              + " in past runs. Reopen a break to take its link back.")
  @APIResponse(responseCode = "200", description = "The link, and the breaks that it closes.")
  @APIResponse(responseCode = "400", description = "A side is empty, or the reason is missing.")
  @APIResponse(responseCode = "403", description = "Not the role.")
  @APIResponse(responseCode = "409", description = "An entry is in no open break, or linked.")
  public Response link(Link body, @Context SecurityContext security) {
    return Replies.to(
        () -> {
          if (body == null || body.reconciliation() == null) {
            throw new Declined(Kind.WRONG, "'reconciliation' is missing");
          }
          BreakLinks.Linked linked =
              links.link(
                  person(security),
                  new BreakLinks.Wish(
                      body.reconciliation(),
                      body.breaks() == null ? List.of() : body.breaks(),
                      spots(body.left()),
                      spots(body.right()),
                      body.reason()),
                  clock.instant());
          return Replies.of(200, BreakView.of(linked));
        });
  }

  private static Set<Spot> spots(List<Entry> entries) {
    Set<Spot> spots = new HashSet<>();
    for (Entry entry : entries == null ? Arrays.<Entry>asList() : entries) {
      spots.add(new Spot(entry.snapshot(), entry.place()));
    }
    return spots;
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }
}
