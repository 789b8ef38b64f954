package io.orderbridge.release;

import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who asks.
 *
 * @param name as the sign-in names them
 * @param has which roles they have
 */
record Editor(String name, Predicate<Role> has) {
  /** Who may read the files and try changes: they hold no secrets and no personal data. */
  static final Set<Role> READERS =
      EnumSet.of(Role.OPS, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN);

  /** Who may look into what partners sent, as with dead letters. */
  static final Set<Role> PERSONAL = EnumSet.of(Role.OPS, Role.SRE, Role.OWNER, Role.ADMIN);

  static Editor of(SecurityContext security) {
    String name =
        security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
    return new Editor(name, role -> security.isUserInRole(role.word()));
  }

  /**
   * This person, who has one of the roles.
   *
   * @throws Objection when they have none of them
   */
  Editor in(Set<Role> allowed) {
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
