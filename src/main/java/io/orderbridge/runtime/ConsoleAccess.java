package io.orderbridge.runtime;

import io.orderbridge.account.FirstUser;
import io.orderbridge.account.SignedIn;
import io.orderbridge.console.Visitor;
import io.orderbridge.kernel.Role;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Who may open {@code /console} without a sign-in: whoever sits at this very machine, as one person
 * with every role, until there is a first user or a token. What another site sends is refused.
 */
@Singleton
class ConsoleAccess {
  private static final String TOKENS = "orderbridge.api.tokens.";
  private static final int TOKEN_BYTES = 32;

  private final boolean tokens;
  private final String formToken;
  private final ThisMachine machine;
  private final FirstUser first;

  ConsoleAccess(Config config, ThisMachine machine, FirstUser first) {
    this.machine = machine;
    this.first = first;
    this.tokens =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .anyMatch(name -> name.startsWith(TOKENS));
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.formToken = HexFormat.of().formatHex(random);
  }

  /** Whoever sits here; empty when a sign-in is needed. */
  Optional<SecurityContext> sitting(ContainerRequestContext request) {
    return !tokens && here(request) && first.isAwaited()
        ? Optional.of(new Sitting(new Local(formToken), request.getSecurityContext()))
        : Optional.empty();
  }

  /** Who is signed in, as the console knows people. */
  static Visitor visitor(SignedIn who) {
    return new Person(who);
  }

  private boolean here(ContainerRequestContext request) {
    URI base = request.getUriInfo().getBaseUri();
    String origin = request.getHeaderString("Origin");
    boolean ours = origin == null || origin.equals(base.getScheme() + "://" + base.getAuthority());
    return ours && machine.asks(request);
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

    @Override
    public boolean isSignedIn() {
      return false;
    }
  }

  private record Person(SignedIn who) implements Visitor {
    @Override
    public String getName() {
      return who.name();
    }

    @Override
    public boolean is(Role role) {
      return who.roles().contains(role);
    }

    @Override
    public String formToken() {
      return who.csrf();
    }

    @Override
    public boolean isSignedIn() {
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
