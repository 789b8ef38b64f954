package io.orderbridge.account;

import io.orderbridge.kernel.Declined;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Where who signs in at the company's own provider comes back; the provider is asked because nobody
 * gets here unauthenticated. 401 while none is configured ({@code quarkus.oidc.*}).
 */
@Path("/login/oidc")
public class OutsideResource {
  private final OutsideActs acts;
  private final SessionCookie cookie;
  private final AccountPages pages;
  private final SecurityIdentity identity;
  private final Clock clock;

  OutsideResource(
      OutsideActs acts,
      SessionCookie cookie,
      AccountPages pages,
      SecurityIdentity identity,
      Clock clock) {
    this.acts = acts;
    this.cookie = cookie;
    this.pages = pages;
    this.identity = identity;
    this.clock = clock;
  }

  @GET
  @Authenticated
  @Operation(hidden = true)
  public Response enter(
      @QueryParam("next") String next, @Context HttpHeaders headers, @Context UriInfo uri) {
    String after = LoginResource.next(next);
    try {
      Drawn session =
          acts.enter(
              identity.getPrincipal().getName(),
              identity.getRoles(),
              SessionCookie.of(headers).orElse(null),
              clock.instant());
      return Response.seeOther(URI.create(after)).cookie(cookie.holding(session, uri)).build();
    } catch (Declined e) {
      return pages.page(
          403,
          "login",
          AccountPages.locale(null, headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
          e.wording(),
          LoginResource.form("", after, true));
    }
  }
}
