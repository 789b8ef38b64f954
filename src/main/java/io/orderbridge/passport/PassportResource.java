package io.orderbridge.passport;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.schedule.SourceStandings.Standing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All that is known of one order, and one sentence on why it stands where it stands. */
// Rooted like the order itself: a longer root would hide GET /api/orders/{shop}/{number}.
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passport", description = "One order from end to end: why it stands, and who acts.")
public class PassportResource {
  private final PassportReader reader;
  private final PassportLinks links;
  private final Clock clock;

  PassportResource(PassportReader reader, PassportLinks links, Clock clock) {
    this.reader = reader;
    this.links = links;
    this.clock = clock;
  }

  /**
   * For how long a link holds.
   *
   * @param hours 1 to 168
   */
  public record Share(Integer hours) {}

  @GET
  @Path("/orders/{shop}/{number}/passport")
  @Operation(
      summary = "The passport of an order",
      description =
          "What every system says, shows and was told; payments of both sides, parcels, findings,"
              + " tickets, the timeline; and `diagnosis`: whether it is stuck, the cause, who acts"
              + " and what to do. No personal data.")
  @APIResponse(responseCode = "200", description = "The passport.")
  @APIResponse(
      responseCode = "404",
      description = "Nothing is known of it; with orders that may be meant.")
  public Response passport(@PathParam("shop") String shop, @PathParam("number") String number) {
    return of(
        shop,
        number,
        key ->
            reader
                .read(key, clock.instant())
                .map(passport -> Response.ok(PassportDocument.of(passport)).build())
                .orElseGet(() -> unknown(key)));
  }

  @POST
  @Path("/orders/{shop}/{number}/passport/share")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "A link to the passport for who has no access",
      description =
          "Read only, ends after so many hours (24 unless told, at most 168). The path is told once"
              + " and audited; whoever has it can read this one passport.")
  @APIResponse(responseCode = "201", description = "The path of the page, and when it ends.")
  @APIResponse(responseCode = "400", description = "The hours are not 1 to 168.")
  @APIResponse(responseCode = "404", description = "Nothing is known of the order.")
  public Response share(
      @PathParam("shop") String shop,
      @PathParam("number") String number,
      Share share,
      @Context SecurityContext security) {
    int hours = share == null || share.hours() == null ? 24 : share.hours();
    if (hours < 1 || hours > PassportLinks.HOURS_MAX) {
      return problem(400, "'hours' is a whole number from 1 to " + PassportLinks.HOURS_MAX);
    }
    return of(
        shop,
        number,
        key -> {
          if (reader.read(key, clock.instant()).isEmpty()) {
            return unknown(key);
          }
          PassportLinks.Link link = links.share(key, hours, actor(security), clock.instant());
          return Response.status(201)
              .entity(
                  Map.of(
                      "path",
                      "/passport/" + link.token(),
                      "expiresAt",
                      link.expiresAt().toString()))
              .build();
        });
  }

  @DELETE
  @Path("/orders/{shop}/{number}/passport/share")
  @Operation(summary = "End all links to the passport", description = "Audited.")
  @APIResponse(responseCode = "200", description = "How many were open.")
  public Response unshare(
      @PathParam("shop") String shop,
      @PathParam("number") String number,
      @Context SecurityContext security) {
    return of(
        shop,
        number,
        key ->
            Response.ok(Map.of("ended", links.revoke(key, actor(security), clock.instant())))
                .build());
  }

  private Response of(String shop, String number, Function<OrderKey, Response> answer) {
    OrderKey key;
    try {
      key = new OrderKey(shop, number);
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
    return answer.apply(key);
  }

  private Response unknown(OrderKey key) {
    PassportReader.Hints hints = reader.hints(key, clock.instant());
    List<String> shops =
        hints.near().stream()
            .filter(near -> near.number().equals(key.number()))
            .map(OrderKey::shop)
            .toList();
    StringBuilder error = new StringBuilder("no message has named order " + key + " yet");
    if (!shops.isEmpty()) {
      error.append("; this number exists in shop ").append(String.join(", ", shops));
    } else if (!hints.near().isEmpty()) {
      error.append("; near it are ");
      error.append(String.join(", ", hints.near().stream().map(OrderKey::toString).toList()));
    }
    if (!hints.behind().isEmpty()) {
      error.append("; it may still come: not read is ");
      error.append(String.join(", ", hints.behind().stream().map(Standing::source).toList()));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error.toString());
    body.put("near", hints.near());
    body.put("sourcesBehind", hints.behind().stream().map(Standing::source).toList());
    return Response.status(404).entity(body).build();
  }

  private static String actor(SecurityContext security) {
    return security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
