package io.orderbridge.account;

import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** Signing in and out. */
@Path("/login")
public class LoginResource {
  private static final Logger LOG = Logger.getLogger(LoginResource.class);
  static final String HOME = "/console";
  // Only pages of this product: whoever sends a link to the sign-in must not choose what follows.
  private static final Pattern NEXT =
      Pattern.compile("/(console(/[\\w./-]*)?|api/orders/[\\w./%-]+|login/password)(\\?[^\\s#]*)?");
  private static final int NEXT_MAX = 500;
  private static final Wording WRONG =
      new Wording("用户名或密码不正确。", "The name or the password is wrong.");
  private static final Wording LOCKED =
      new Wording("此用户已被锁定，请联系负责人（owner）。", "This user is locked; ask an owner.");
  private static final Wording BUSY =
      new Wording("登录请求过多，请几秒后再试。", "Too many sign in at once; try again in a few seconds.");

  private final SignIn signIn;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final AccountPages pages;
  private final Clock clock;
  private final boolean oidc;

  LoginResource(
      SignIn signIn,
      Sessions sessions,
      SessionCookie cookie,
      AccountPages pages,
      Clock clock,
      @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean oidc) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.cookie = cookie;
    this.pages = pages;
    this.clock = clock;
    this.oidc = oidc;
  }

  @GET
  @Operation(hidden = true)
  public Response ask(
      @QueryParam("next") String next,
      @QueryParam("lang") String lang,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String accepts) {
    return page(200, AccountPages.locale(lang, accepts), null, "", next);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response enter(
      @FormParam("name") String name,
      @FormParam("password") String password,
      @FormParam("next") String next,
      @QueryParam("lang") String lang,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    Locale locale = AccountPages.locale(lang, headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    SignIn.Outcome outcome;
    try {
      String before = SessionCookie.of(headers).orElse(null);
      outcome = signIn.with(name, password, before, clock.instant());
    } catch (Passwords.Busy e) {
      return page(503, locale, BUSY, name, next);
    }
    if (outcome instanceof SignIn.Outcome.In in) {
      return Response.seeOther(URI.create(next(next)))
          .cookie(cookie.holding(in.session(), uri))
          .build();
    }
    // Without the name: some type their password there.
    LOG.infof("account.refused outcome=%s", outcome.getClass().getSimpleName());
    return page(status(outcome), locale, wording(outcome), name, next);
  }

  @POST
  @Path("/out")
  @Operation(hidden = true)
  public Response leave(@Context HttpHeaders headers, @Context UriInfo uri) {
    sessions.end(SessionCookie.of(headers).orElse(null));
    return Response.seeOther(URI.create("/login")).cookie(cookie.gone(uri)).build();
  }

  private static int status(SignIn.Outcome outcome) {
    return outcome instanceof SignIn.Outcome.Wait ? 429 : 401;
  }

  static Wording wording(SignIn.Outcome outcome) {
    if (outcome instanceof SignIn.Outcome.Wait wait) {
      long seconds = Math.max(1, wait.still().toSeconds());
      return Wording.of(
          "此用户名的错误尝试过多，请在 %d 秒后再试。",
          "Too many wrong attempts for this name; try again in %d seconds.", seconds);
    }
    return outcome instanceof SignIn.Outcome.Locked ? LOCKED : WRONG;
  }

  static String next(String asked) {
    boolean ours = asked != null && asked.length() <= NEXT_MAX && NEXT.matcher(asked).matches();
    return ours && !asked.contains("..") ? asked : HOME;
  }

  private Response page(int status, Locale locale, Wording problem, String name, String next) {
    return pages.page(status, "login", locale, problem, form(name, next(next), oidc));
  }

  /** What the page names. */
  static Map<String, Object> form(String name, String next, boolean oidc) {
    return Map.of(
        "name",
        name == null ? "" : name,
        "next",
        next,
        "nextEncoded",
        URLEncoder.encode(next, StandardCharsets.UTF_8),
        "oidc",
        oidc);
  }
}
