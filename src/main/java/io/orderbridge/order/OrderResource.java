package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Person;
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
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The order book to be read by other systems, front ends and low-code platforms. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "State of orders and the feed of what happened to them.")
public class OrderResource {
  private final Orders orders;
  private final Events events;

  public OrderResource(Orders orders, Events events) {
    this.orders = orders;
    this.events = events;
  }

  @GET
  @Path("/orders")
  @Operation(
      summary = "Orders of a tracking number, or of a customer",
      description =
          "Every number that was ever told of an order finds it; the newest first. `customer` is"
              + " the token that POST /api/orders/search gives for a phone number: it may stand in"
              + " a link, the number may not.")
  @APIResponse(
      responseCode = "200",
      description = "At most ten orders of a number, a hundred of a customer, by shop and number.")
  @APIResponse(responseCode = "400", description = "No tracking number and no customer.")
  public Response search(
      @QueryParam("tracking") String tracking, @QueryParam("customer") String customer) {
    if (customer != null && !customer.isBlank()) {
      return Response.ok(Map.of("orders", orders.ofCustomer(customer.strip()))).build();
    }
    if (tracking == null || tracking.isBlank()) {
      return problem(400, "expected ?tracking=<tracking number> or ?customer=<token>");
    }
    return Response.ok(Map.of("orders", orders.tracked(tracking.strip()))).build();
  }

  /** What a customer tells of himself. */
  public record Asked(String phone) {}

  @POST
  @Path("/orders/search")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Orders of a phone number",
      description =
          "The number stands in the body, so that no log of addresses keeps it. The answer has the"
              + " customer's token beside the orders, the newest first. Who searched is recorded.")
  @APIResponse(responseCode = "200", description = "At most a hundred orders.")
  @APIResponse(responseCode = "400", description = "No whole phone number.")
  public Response searchByPhone(Asked asked, @Context SecurityContext security) {
    Person person = Person.of(security.getUserPrincipal(), security::isUserInRole);
    return orders
        .ofPhone(asked == null ? null : asked.phone(), person.name())
        .map(
            found ->
                Response.ok(Map.of("customer", found.customer(), "orders", found.orders())).build())
        .orElseGet(
            () ->
                problem(
                    400,
                    "'phone' is no whole phone number; write it with its country or as dialled"));
  }

  @GET
  @Path("/orders/{shop}/{number}")
  @Operation(
      summary = "One order",
      description =
          "Canonical status, milestones, parcels, payments, refunds, what each system claims, and"
              + " the history of what was said. No personal data.")
  @APIResponse(responseCode = "200", description = "The order.")
  @APIResponse(responseCode = "404", description = "No message has named this order yet.")
  public Response order(@PathParam("shop") String shop, @PathParam("number") String number) {
    OrderKey key;
    try {
      key = new OrderKey(shop, number);
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
    return orders
        .find(key)
        .map(order -> Response.ok(order).build())
        .orElseGet(() -> problem(404, "no message has named order " + key + " yet"));
  }

  @GET
  @Path("/changes")
  @Operation(
      summary = "What happened after a cursor",
      description =
          "CloudEvents 1.0 in an order that never changes. Ask again with the cursor of the answer;"
              + " a reader that begins anywhere ends with the same state, and no change that"
              + " committed late is skipped.")
  @APIResponse(responseCode = "200", description = "Events, oldest first, and the next cursor.")
  @APIResponse(responseCode = "400", description = "'after' is no cursor.")
  public Response changes(
      @Parameter(description = "Cursor of the answer before; leave it out to begin.")
          @QueryParam("after")
          String after,
      @Parameter(description = "Events at most, 1 to 1000.")
          @QueryParam("limit")
          @DefaultValue("100")
          int limit) {
    try {
      Events.Page page = events.after(after, limit);
      // The events are JSON already: no need to read and write them again.
      String body =
          "{\"events\":[%s],\"cursor\":\"%s\"}"
              .formatted(String.join(",", page.events()), page.cursor());
      return Response.ok(body).build();
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
  }

  private static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
