package io.orderbridge.passport;

import io.orderbridge.kernel.OrderKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The passport as a page, for who is signed in. */
@Path("/api")
@Produces("text/html;charset=UTF-8")
@Tag(name = "Passport")
public class PassportPageResource {
  private final PageAnswer page;

  PassportPageResource(PageAnswer page) {
    this.page = page;
  }

  @GET
  @Path("/orders/{shop}/{number}/passport.html")
  @Operation(summary = "The passport as a page", description = "`lang` is zh or en.")
  public Response show(
      @PathParam("shop") String shop,
      @PathParam("number") String number,
      @QueryParam("lang") String lang,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String accepts) {
    Optional<OrderKey> key;
    try {
      key = Optional.of(new OrderKey(shop, number));
    } catch (IllegalArgumentException e) {
      key = Optional.empty();
    }
    return page.of(key, lang, accepts);
  }
}
