package io.orderbridge.runtime;

import io.orderbridge.kernel.Role;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Which programs may use {@code /api}. With tokens configured ({@code
 * orderbridge.api.tokens.<name>=<token>}) only who shows one, and acts are audited under its name;
 * what needs a role is for those who were given it ({@code
 * orderbridge.api.roles.<name>=ops,finance}). Without any token, only programs on this very
 * machine: a web page in a browser here is refused. They have every role, and are one person.
 * People come by the sign-in ({@link AccessFilter}).
 */
@Singleton
class ApiAccess {
  private static final Logger LOG = Logger.getLogger(ApiAccess.class);
  private static final String TOKENS = "orderbridge.api.tokens.";
  private static final String ROLES = "orderbridge.api.roles.";
  private static final String BEARER = "Bearer ";

  private final Map<String, String> tokens = new java.util.TreeMap<>();
  private final Map<String, Set<Role>> roles = new java.util.TreeMap<>();

  private final ThisMachine machine;

  ApiAccess(Config config, ThisMachine machine) {
    this.machine = machine;
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(TOKENS)) {
        config
            .getOptionalValue(name, String.class)
            .filter(token -> !token.isBlank())
            .ifPresent(token -> tokens.put(name.substring(TOKENS.length()), token));
      }
      if (name.startsWith(ROLES)) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(words -> roles.put(name.substring(ROLES.length()), roles(name, words)));
      }
    }
  }

  // A word that is no role gives none: who mistypes is not let in by it.
  private static Set<Role> roles(String name, String words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words.split(",")) {
      try {
        roles.add(Role.of(word.strip()));
      } catch (IllegalArgumentException e) {
        LOG.warnf("api.role_unknown setting=%s: %s", name, e.getMessage());
      }
    }
    return roles;
  }

  /** The program that asks; empty when it may not. */
  Optional<SecurityContext> program(ContainerRequestContext request) {
    Optional<String> actor = tokens.isEmpty() ? here(request) : named(request);
    return actor.map(
        name ->
            new Actor(
                name,
                tokens.isEmpty() ? EnumSet.allOf(Role.class) : roles.getOrDefault(name, Set.of()),
                request.getSecurityContext()));
  }

  /** What a program has to do that may not. */
  String advice() {
    return tokens.isEmpty()
        ? "only programs on this machine may ask; set"
            + " ORDERBRIDGE_API_TOKENS_<NAME> to let others in"
        : "expected the header 'Authorization: Bearer <token>'";
  }

  private Optional<String> named(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.startsWith(BEARER)) {
      return Optional.empty();
    }
    byte[] shown = header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
    return tokens.entrySet().stream()
        .filter(
            token ->
                MessageDigest.isEqual(token.getValue().getBytes(StandardCharsets.UTF_8), shown))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<String> here(ContainerRequestContext request) {
    boolean page = request.getHeaderString("Origin") != null;
    return machine.asks(request) && !page ? Optional.of("local") : Optional.empty();
  }

  private record Actor(String name, Set<Role> roles, SecurityContext before)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return roles.stream().anyMatch(given -> given.word().equals(role));
    }

    @Override
    public boolean isSecure() {
      return before.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
