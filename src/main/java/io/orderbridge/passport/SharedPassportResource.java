package io.orderbridge.passport;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The passport behind a link: read only, one order, until the link ends. */
@Path("/passport/{token}")
@Produces("text/html;charset=UTF-8")
@Tag(name = "Passport")
public class SharedPassportResource {
  private final PassportLinks links;
  private final PageAnswer page;
  private final Clock clock;

  SharedPassportResource(PassportLinks links, PageAnswer page, Clock clock) {
    this.links = links;
    this.page = page;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "The page behind a link", description = "`lang` is zh or en.")
  public Response show(
      @PathParam("token") String token,
      @QueryParam("lang") String lang,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String accepts) {
    return page.of(links.open(token, clock.instant()), lang, accepts);
  }
}
