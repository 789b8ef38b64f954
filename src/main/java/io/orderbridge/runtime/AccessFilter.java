package io.orderbridge.runtime;

import io.orderbridge.account.AccessTable;
import io.orderbridge.account.SameOrigin;
import io.orderbridge.account.SessionCookie;
import io.orderbridge.account.Sessions;
import io.orderbridge.account.SignedIn;
import io.orderbridge.console.Pages;
import io.orderbridge.kernel.Role;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stands before every resource. People show the cookie of their session and may do what the {@link
 * AccessTable} says; programs show none, and are {@link ApiAccess}'s business. What has no row is
 * refused. Whoever is told no is told what to do: a page leads to the sign-in, the API answers 401.
 */
@Provider
class AccessFilter implements ContainerRequestFilter {
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String LOGIN = "/login";
  private static final String ELSEWHERE =
      "this was not sent by a page of this product; load the page again and repeat it";

  private final AccessTable table;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final ApiAccess programs;
  private final ConsoleAccess here;
  private final Pages pages;
  private final CurrentVertxRequest connection;
  private final Clock clock;

  AccessFilter(
      AccessTable table,
      Sessions sessions,
      SessionCookie cookie,
      ApiAccess programs,
      ConsoleAccess here,
      Pages pages,
      CurrentVertxRequest connection,
      Clock clock) {
    this.table = table;
    this.sessions = sessions;
    this.cookie = cookie;
    this.programs = programs;
    this.here = here;
    this.pages = pages;
    this.connection = connection;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    // As the resource was chosen by it: normalised, still encoded.
    String path = connection.getCurrent().normalizedPath();
    Optional<String> session = SessionCookie.of(request.getCookies());
    boolean shows = request.getHeaderString(HttpHeaders.AUTHORIZATION) != null;
    Optional<AccessTable.Row> row = table.find(request.getMethod(), path);
    if (isApi(path) && (shows || session.isEmpty())) {
      program(request);
    } else if (row.isPresent() && row.get().open()) {
      open(request, path);
    } else {
      Optional<SecurityContext> sitting =
          session.isEmpty() && isConsole(path) ? here.sitting(request) : Optional.empty();
      if (sitting.isPresent()) {
        request.setSecurityContext(sitting.get());
      } else {
        person(request, path, session.flatMap(id -> sessions.find(id, clock.instant())), row);
      }
    }
  }

  private void program(ContainerRequestContext request) {
    Optional<SecurityContext> found = programs.program(request);
    if (found.isEmpty()) {
      refuse(request, 401, programs.advice());
      return;
    }
    SecurityContext who = found.get();
    request.setSecurityContext(who);
    PathRoles.of(request.getUriInfo().getPathSegments())
        .filter(needed -> needed.stream().map(Role::word).noneMatch(who::isUserInRole))
        .ifPresent(
            needed -> refuse(request, 403, missing(who.getUserPrincipal().getName(), needed)));
  }

  private static String missing(String name, Set<Role> needed) {
    return "needs one of the roles %s, which %s has not; give it with ORDERBRIDGE_API_ROLES_%s"
        .formatted(
            needed.stream().map(Role::word).sorted().collect(Collectors.joining(", ")),
            name,
            name.toUpperCase(Locale.ROOT));
  }

  // Signing somebody in unasked is an attack too. Other open pages carry their own token.
  private void open(ContainerRequestContext request, String path) {
    boolean signsIn = path.equals(LOGIN) || path.startsWith(LOGIN + "/");
    if (signsIn && !reads(request) && !sameOrigin(request)) {
      refuse(request, 403, ELSEWHERE);
    }
  }

  private void person(
      ContainerRequestContext request,
      String path,
      Optional<SignedIn> found,
      Optional<AccessTable.Row> row)
      throws IOException {
    if (found.isEmpty()) {
      nobody(request, path);
      return;
    }
    SignedIn who = found.get();
    boolean allowed = row.isPresent() && row.get().allows(who.roles());
    if (!allowed && isConsole(path)) {
      request.setSecurityContext(session(request, path, who));
      request.abortWith(pages.refused(403));
    } else if (!allowed) {
      refuse(request, 403, "your roles do not allow this; an owner gives roles");
    } else if (!reads(request) && !(sameOrigin(request) && proves(request, who))) {
      refuse(request, 403, ELSEWHERE);
    } else {
      request.setSecurityContext(session(request, path, who));
    }
  }

  private static Session session(ContainerRequestContext request, String path, SignedIn who) {
    Principal principal = isConsole(path) ? ConsoleAccess.visitor(who) : who;
    return new Session(who, principal, request.getSecurityContext());
  }

  private void nobody(ContainerRequestContext request, String path) {
    if (isApi(path) || !reads(request)) {
      request.abortWith(
          problem(401, "your session is over; sign in at /login")
              .cookie(cookie.gone(request.getUriInfo()))
              .build());
      return;
    }
    String query = request.getUriInfo().getRequestUri().getRawQuery();
    String next = query == null ? path : path + "?" + query;
    request.abortWith(
        Response.seeOther(
                URI.create(LOGIN + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .build());
  }

  private static boolean isApi(String path) {
    return path.equals("/api") || path.startsWith("/api/");
  }

  private static boolean isConsole(String path) {
    return path.equals("/console") || path.startsWith("/console/");
  }

  private static boolean reads(ContainerRequestContext request) {
    return READS.contains(request.getMethod());
  }

  private static boolean sameOrigin(ContainerRequestContext request) {
    return SameOrigin.holds(request::getHeaderString, request.getUriInfo());
  }

  private static boolean proves(ContainerRequestContext request, SignedIn who) throws IOException {
    String header = request.getHeaderString("X-CSRF-Token");
    return SameOrigin.proves(header != null ? header : FormToken.of(request), who);
  }

  private static void refuse(ContainerRequestContext request, int status, String why) {
    request.abortWith(problem(status, why).build());
  }

  private static Response.ResponseBuilder problem(int status, String why) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("error", why));
  }

  private record Session(SignedIn who, Principal principal, SecurityContext before)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
      return who.roles().stream().anyMatch(given -> given.word().equals(role));
    }

    @Override
    public boolean isSecure() {
      return before.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return SecurityContext.FORM_AUTH;
    }
  }
}
