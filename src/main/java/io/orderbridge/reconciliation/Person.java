package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who acts.
 *
 * @param name as the sign-in names them; two names are two people
 * @param has which roles they have
 */
record Person(String name, Predicate<Role> has) {
  static Person of(SecurityContext security) {
    String name =
        security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
    return new Person(name, role -> security.isUserInRole(role.word()));
  }

  /**
   * @throws Declined when they have none of the roles
   */
  void needs(Set<Role> roles, String why) {
    if (roles.stream().noneMatch(has)) {
      throw new Declined(
          Declined.Kind.FORBIDDEN,
          "%s needs one of the roles %s, which %s has not; give it with ORDERBRIDGE_API_ROLES_%s"
              .formatted(
                  why,
                  roles.stream().map(Role::word).sorted().collect(Collectors.joining(", ")),
                  name,
                  name.toUpperCase(Locale.ROOT)));
    }
  }
}
