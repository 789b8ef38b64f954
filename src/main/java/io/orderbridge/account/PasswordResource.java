package io.orderbridge.account;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Setting a password: by a link that works once, or by who is signed in. */
@Path("/login")
public class PasswordResource {
  private static final Wording GONE =
      new Wording(
          "链接无效、已使用或已过期。请负责人（owner）发新链接；若尚无用户，请重启以在日志中得到新链接。",
          "This link is not valid, was used, or is over. An owner sends you a new one; while there"
              + " is no user, a start writes one to the log.");
  private static final Wording DIFFERENT =
      new Wording("两次输入的密码不同。", "The two passwords are not the same.");
  private static final Wording BUSY =
      new Wording("请求过多，请几秒后再试。", "Too many at once; try again in a few seconds.");

  private final PasswordActs acts;
  private final SignIn signIn;
  private final SessionCookie cookie;
  private final AccountPages pages;
  private final Clock clock;

  PasswordResource(
      PasswordActs acts, SignIn signIn, SessionCookie cookie, AccountPages pages, Clock clock) {
    this.acts = acts;
    this.signIn = signIn;
    this.cookie = cookie;
    this.pages = pages;
    this.clock = clock;
  }

  @GET
  @Path("/link/{token}")
  @Operation(hidden = true)
  public Response look(
      @PathParam("token") String token,
      @QueryParam("lang") String lang,
      @Context HttpHeaders headers) {
    Locale locale = locale(lang, headers);
    return acts.look(token, clock.instant())
        .map(purpose -> link(200, locale, null, purpose, ""))
        .orElseGet(() -> gone(locale));
  }

  @POST
  @Path("/link/{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response use(
      @PathParam("token") String token,
      @QueryParam("lang") String lang,
      @BeanParam Chosen chosen,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    Locale locale = locale(lang, headers);
    Optional<Links.Purpose> purpose = acts.look(token, clock.instant());
    if (purpose.isEmpty()) {
      return gone(locale);
    }
    return set(
        chosen,
        () -> acts.byLink(token, chosen.name, chosen.password, clock.instant()),
        uri,
        (status, problem) -> link(status, locale, problem, purpose.get(), chosen.name));
  }

  @GET
  @Path("/password")
  @Operation(hidden = true)
  public Response ask(
      @QueryParam("lang") String lang,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return own(200, locale(lang, headers), null, who(security));
  }

  @POST
  @Path("/password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response change(
      @QueryParam("lang") String lang,
      @BeanParam Chosen chosen,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      @Context SecurityContext security) {
    Locale locale = locale(lang, headers);
    SignedIn who = who(security);
    return set(
        chosen,
        () -> {
          signIn
              .refusal(who.name(), chosen.old, clock.instant())
              .ifPresent(
                  no -> {
                    throw new Declined(Declined.Kind.WRONG, LoginResource.wording(no));
                  });
          return acts.change(who.name(), chosen.password, clock.instant());
        },
        uri,
        (status, problem) -> own(status, locale, problem, who));
  }

  /** What the forms send. */
  public static class Chosen {
    @FormParam("name")
    String name;

    @FormParam("old")
    String old;

    @FormParam("password")
    String password;

    @FormParam("again")
    String again;
  }

  @FunctionalInterface
  private interface Again {
    Response with(int status, Wording problem);
  }

  private Response set(Chosen chosen, Supplier<Drawn> act, UriInfo uri, Again again) {
    if (chosen.password == null || !chosen.password.equals(chosen.again)) {
      return again.with(400, DIFFERENT);
    }
    try {
      return Response.seeOther(URI.create(LoginResource.HOME))
          .cookie(cookie.holding(act.get(), uri))
          .build();
    } catch (Declined e) {
      return again.with(e.status(), e.wording());
    } catch (Passwords.Busy e) {
      return again.with(503, BUSY);
    }
  }

  private Response link(
      int status, Locale locale, Wording problem, Links.Purpose purpose, String name) {
    String shown = purpose.name().orElse(name == null ? "" : name);
    return purpose.name().isPresent()
        ? pages.page(
            status,
            "password",
            locale,
            problem,
            Map.of("name", shown, "csrf", "", "asksOld", false))
        : pages.page(status, "first-user", locale, problem, Map.of("name", shown));
  }

  private Response own(int status, Locale locale, Wording problem, SignedIn who) {
    return pages.page(
        status,
        "password",
        locale,
        problem,
        Map.of("name", who.name(), "csrf", who.csrf(), "asksOld", true));
  }

  private Response gone(Locale locale) {
    return pages.page(
        404, "login", locale, GONE, LoginResource.form("", LoginResource.HOME, false));
  }

  private static SignedIn who(SecurityContext security) {
    return SignedIn.of(security)
        .orElseThrow(() -> new IllegalStateException("the table lets nobody else here"));
  }

  private static Locale locale(String lang, HttpHeaders headers) {
    return AccountPages.locale(lang, headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }
}
