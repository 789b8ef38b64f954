package io.orderbridge.reconciliation;

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
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the figures of the business are, and what they come to by the basis of each department. */
@Path("/api/definitions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Definitions", description = "What the figures are, agreed by three departments.")
public class DefinitionResource {
  private final DefinitionBook book;

  DefinitionResource(DefinitionBook book) {
    this.book = book;
  }

  @GET
  @Operation(summary = "The definitions in force, by name")
  @APIResponse(responseCode = "200", description = "Name, version, who has not signed.")
  public Map<String, Object> list() {
    return Map.of("definitions", book.list());
  }

  @GET
  @Path("/{name}")
  @Operation(
      summary = "A definition with its SQL",
      description = "`basis` is finance, operations (default) or warehouse.")
  @APIResponse(responseCode = "200", description = "The definition.")
  @APIResponse(responseCode = "404", description = "No such definition.")
  public Response one(@PathParam("name") String name, @QueryParam("basis") String basis) {
    return Replies.to(() -> Replies.of(200, book.one(name, basis)));
  }

  @GET
  @Path("/{name}/bridge")
  @Operation(
      summary = "How the totals of the departments become each other",
      description =
          "`from` and `to` are days, last month without them; `book` one or several, else those"
              + " that reconciliations count by it; `basis` whose total the bridges start from;"
              + " `around` so many days before and after whose snapshots are read, 45 without it."
              + " The lines add up to the difference. Roles finance, ops, warehouse, owner,"
              + " manager.")
  @APIResponse(responseCode = "200", description = "Totals, and a bridge to each other department.")
  @APIResponse(responseCode = "400", description = "A day or basis that is none.")
  @APIResponse(responseCode = "404", description = "No such definition.")
  public Response bridge(
      @PathParam("name") String name,
      @QueryParam("book") List<String> books,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("basis") String basis,
      @QueryParam("around") @DefaultValue("45") int around,
      @Context SecurityContext security) {
    return Replies.to(
        () ->
            Replies.of(
                200,
                book.bridge(
                    person(security),
                    name,
                    new DefinitionBook.Asked(books, from, to, basis, around))));
  }

  @POST
  @Path("/{name}/preview")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "What a changed definition would have changed",
      description =
          "The body is the file as it would be. Answers the totals of `month`, last month without"
              + " it, before and after, and the first 100 orders that change sides by `basis`."
              + " Nothing is adopted.")
  @APIResponse(responseCode = "200", description = "Totals before and after, and what changes.")
  @APIResponse(responseCode = "400", description = "The file is wrong; says where.")
  @APIResponse(responseCode = "404", description = "No such definition.")
  public Response preview(
      @PathParam("name") String name,
      @QueryParam("book") List<String> books,
      @QueryParam("month") String month,
      @QueryParam("basis") String basis,
      String text,
      @Context SecurityContext security) {
    return Replies.to(
        () -> Replies.of(200, book.preview(person(security), name, books, month, basis, text)));
  }

  private static Person person(SecurityContext security) {
    return Person.of(security.getUserPrincipal(), security::isUserInRole);
  }
}
