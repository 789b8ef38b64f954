package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.order.CustomerKey;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
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
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What customers allow, with its evidence, and where they are reached. */
@Path("/api/notice-customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notice customers", description = "Consents with evidence; contacts.")
public class CustomerResource {
  private static final Set<Role> ROLES = Set.of(Role.OPS, Role.CS, Role.MANAGER);
  // Enough to tell two customers apart in the audit.
  private static final int KEY_SHOWN = 16;

  private final Database database;
  private final Customers customers;
  private final Clock clock;

  CustomerResource(Database database, Customers customers, Clock clock) {
    this.database = database;
    this.customers = customers;
    this.clock = clock;
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
          Person person = Person.of(security.getUserPrincipal(), security::isUserInRole).in(ROLES);
          Customers.Taken taken =
              database.inTransaction(
                  connection -> {
                    Customers.Taken told = customers.take(connection, document);
                    String detail =
                        "contacts=%d consents=%d".formatted(told.contacts(), told.consents());
                    audit(connection, person, "notice-customer.told", told.customer(), detail);
                    return told;
                  });
          return Replies.of(
              200, Map.of("contacts", taken.contacts(), "consents", taken.consents()));
        });
  }

  @GET
  @Operation(
      summary = "What a customer said, the newest first, with its evidence",
      description =
          "`phone`, or `shop` and `buyer`. Of contacts only the kinds. Roles ops, cs, manager.")
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
          Person.of(security.getUserPrincipal(), security::isUserInRole).in(ROLES);
          String customer = customer(phone, shop, buyer);
          return Replies.of(
              200,
              database.inTransaction(
                  connection -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    shown.put("customer", customer);
                    shown.put(
                        "consents",
                        Consents.history(connection, customer).stream()
                            .map(CustomerResource::view)
                            .toList());
                    shown.put(
                        "contacts",
                        List.copyOf(
                            Contacts.of(connection, Set.of(customer))
                                .getOrDefault(customer, Map.of())
                                .keySet()));
                    return shown;
                  }));
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
          Person person = Person.of(security.getUserPrincipal(), security::isUserInRole).in(ROLES);
          String customer = customer(phone, shop, buyer);
          int erased =
              database.inTransaction(
                  connection -> {
                    int contacts = Contacts.erase(connection, customer, clock.instant());
                    audit(
                        connection,
                        person,
                        "notice-customer.erased",
                        customer,
                        "contacts=" + contacts);
                    return contacts;
                  });
          return Replies.of(200, Map.of("erased", erased));
        });
  }

  private static String customer(String phone, String shop, String buyer) {
    String customer = CustomerKey.of(phone, shop, buyer);
    if (customer == null) {
      throw new Declined(
          Kind.WRONG, "names nobody: expected ?phone=<whole number> or ?shop=&buyer=");
    }
    return customer;
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

  private static void audit(
      java.sql.Connection connection, Person person, String action, String customer, String detail)
      throws java.sql.SQLException {
    Audit.write(
        connection,
        new Audit.Act(person.name(), action, customer.substring(0, KEY_SHOWN), "", detail));
  }
}
