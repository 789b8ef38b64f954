package io.orderbridge.repair;

import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who asks.
 *
 * @param name as the sign-in names them; two names are two people
 * @param has which roles they have
 */
record Caller(String name, Predicate<Role> has) {
  static Caller of(SecurityContext security) {
    String name =
        security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
    return new Caller(name, role -> security.isUserInRole(role.word()));
  }

  /**
   * The role in which they do it.
   *
   * @param allowed roles that may
   * @param wanted the one they name themselves; null for the first that they have
   * @throws Declined when they have none of them
   */
  Role in(Set<Role> allowed, String wanted) {
    for (Role role : allowed) {
      boolean meant = wanted == null || wanted.equals(role.word());
      if (meant && has.test(role)) {
        return role;
      }
    }
    throw new Declined(
        Declined.Kind.FORBIDDEN,
        "needs one of the roles %s, which %s has not%s; give it with ORDERBRIDGE_API_ROLES_%s"
            .formatted(
                allowed.stream().map(Role::word).collect(Collectors.joining(", ")),
                name,
                wanted == null ? "" : " as '" + wanted + "'",
                name.toUpperCase(Locale.ROOT)));
  }
}
