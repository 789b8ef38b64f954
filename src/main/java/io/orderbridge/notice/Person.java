package io.orderbridge.notice;

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
record Person(String name, Predicate<Role> has) {
  static Person of(SecurityContext security) {
    String name =
        security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
    return new Person(name, role -> security.isUserInRole(role.word()));
  }

  /**
   * This person, who has one of the roles.
   *
   * @throws Objection when they have none of them
   */
  Person in(Set<Role> allowed) {
    if (allowed.stream().noneMatch(has)) {
      throw new Objection(
          Objection.Kind.FORBIDDEN,
          "needs one of the roles %s, which %s has not; give it with ORDERBRIDGE_API_ROLES_%s"
              .formatted(
                  allowed.stream().map(Role::word).sorted().collect(Collectors.joining(", ")),
                  name,
                  name.toUpperCase(Locale.ROOT)));
    }
    return this;
  }
}
