package io.orderbridge.notice;

import io.orderbridge.kernel.Person;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What customers allow, with its evidence, and where they are reached. */
@Path("/api/notice-customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notice customers", description = "Consents with evidence; contacts.")
public class CustomerResource {
  private final CustomerDesk desk;

  CustomerResource(CustomerDesk desk) {
    this.desk = desk;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Tell of a customer",
      description =
          "The document of the step `notices:customers`: customer, at, contacts, consents. Told"
              + " twice it is told once. Roles ops, cs, manager. Audited.")
  @APIResponse(responseCode = "200", description = "How many contacts and consents were new.")
  @APIResponse(responseCode = "400", description = "What is wrong, with its place.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  public Response tell(Map<String, Object> document, @Context SecurityContext security) {
    return Replies.to(
        () -> {
          Customers.Taken taken = desk.tell(person(security), document);
          return Replies.of(
              200, Map.of("contacts", taken.contacts(), "consents", taken.consents()));
        });
  }

  @GET
  @Operation(
      summary = "What a customer said, the newest first, with its evidence",
      description =
          "`phone`, or `shop` and `buyer`. Of contacts only the kinds. Roles ops, cs, manager. Each"
              + " look is audited.")
  @APIResponse(responseCode = "200", description = "At most 500 words; none for who never spoke.")
  @APIResponse(responseCode = "400", description = "Nobody is named.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  public Response history(
      @QueryParam("phone") String phone,
      @QueryParam("shop") String shop,
      @QueryParam("buyer") String buyer,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          String customer = CustomerDesk.named(phone, shop, buyer);
          CustomerDesk.Known known = desk.open(person(security), customer);
          Map<String, Object> shown = new LinkedHashMap<>();
          shown.put("customer", customer);
          shown.put("consents", known.said().stream().map(CustomerResource::view).toList());
          shown.put("contacts", known.contacts());
          return Replies.of(200, shown);
        });
  }

  @DELETE
  @Operation(
      summary = "Erase the contacts of a customer",
      description =
          "For good; an older message that comes late does not bring them back. What was said to"
              + " notices stays, as the proof. Roles ops, cs, manager. Audited.")
  @APIResponse(responseCode = "200", description = "How many there were.")
  @APIResponse(responseCode = "400", description = "Nobody is named.")
  @APIResponse(responseCode = "403", description = "Which role is needed.")
  public Response erase(
      @QueryParam("phone") String phone,
      @QueryParam("shop") String shop,
      @QueryParam("buyer") String buyer,
      @Context SecurityContext security) {
    return Replies.to(
        () -> {
          String customer = CustomerDesk.named(phone, shop, buyer);
          int erased = desk.erase(person(security), customer, "");
          return Replies.of(200, Map.of("erased", erased));
        });
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }

  private static Map<String, Object> view(Consent said) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("channel", said.channel());
    view.put("content", said.content());
    view.put("says", said.says().name());
    view.put("at", said.at().toString());
    view.put("evidence", said.evidence());
    return view;
  }
}
