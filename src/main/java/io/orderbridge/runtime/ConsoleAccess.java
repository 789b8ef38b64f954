package io.orderbridge.runtime;

import io.orderbridge.console.Pages;
import io.orderbridge.console.Visitor;
import io.orderbridge.kernel.Role;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Who may open {@code /console}: whoever sits at this very machine, as one person with every role,
 * and nobody at all once tokens are configured, because a browser shows none. What another site
 * sends is refused.
 */
@Provider
class ConsoleAccess implements ContainerRequestFilter {
  private static final String TOKENS = "orderbridge.api.tokens.";
  private static final Set<String> HERE = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
  private static final Set<String> HERE_NAMED = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int UNAUTHORIZED = 401;
  private static final int TOKEN_BYTES = 32;

  private final boolean tokens;
  private final String formToken;
  private final CurrentVertxRequest connection;
  private final Pages pages;

  ConsoleAccess(Config config, CurrentVertxRequest connection, Pages pages) {
    this.connection = connection;
    this.pages = pages;
    this.tokens =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .anyMatch(name -> name.startsWith(TOKENS));
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.formToken = HexFormat.of().formatHex(random);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (!path.equals("/console") && !path.startsWith("/console/")) {
      return;
    }
    if (!tokens && here(request)) {
      request.setSecurityContext(new Sitting(new Local(formToken), request.getSecurityContext()));
    } else {
      request.abortWith(pages.refused(UNAUTHORIZED));
    }
  }

  private boolean here(ContainerRequestContext request) {
    URI base = request.getUriInfo().getBaseUri();
    String origin = request.getHeaderString("Origin");
    boolean ours = origin == null || origin.equals(base.getScheme() + "://" + base.getAuthority());
    return ours
        && HERE.contains(connection.getCurrent().request().remoteAddress().host())
        && base.getHost() != null
        && HERE_NAMED.contains(base.getHost())
        && request.getHeaderString("X-Forwarded-For") == null;
  }

  /** Whoever sits at this machine. */
  private record Local(String formToken) implements Visitor {
    @Override
    public String getName() {
      return "local";
    }

    @Override
    public boolean is(Role role) {
      return true;
    }
  }

  private record Sitting(Visitor visitor, SecurityContext before) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return visitor;
    }

    @Override
    public boolean isUserInRole(String role) {
      return visitor.is(Role.of(role));
    }

    @Override
    public boolean isSecure() {
      return before.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "local";
    }
  }
}
