package io.orderbridge.account;

import io.orderbridge.kernel.Role;
import io.quarkus.qute.TemplateData;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who is signed in, for pages: the principal of every request that came with a session.
 *
 * @param name under which acts are audited
 * @param roles as they are now, not as they were at sign-in
 * @param csrf what a form of this session sends along as {@code csrf}, and a script as the header
 *     {@code X-CSRF-Token}; worth nothing without the cookie
 */
@TemplateData
public record SignedIn(String name, Set<Role> roles, String csrf) implements Principal {
  public SignedIn {
    roles = Set.copyOf(roles);
  }

  /** Empty for programs, which have a token instead, and for nobody. */
  public static Optional<SignedIn> of(SecurityContext security) {
    return security.getUserPrincipal() instanceof SignedIn who
        ? Optional.of(who)
        : Optional.empty();
  }

  /**
   * For templates: {@code who.may('finance')}.
   *
   * @throws IllegalArgumentException when there is no such role
   */
  public boolean may(String role) {
    return roles.contains(Role.of(role));
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String toString() {
    return "SignedIn[" + name + "]";
  }
}
