package io.orderbridge.runtime;

import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.PathSegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of {@code /api} only some roles may ask, whole trees of paths: whatever is added below one
 * of them is closed to all others until somebody opens it here. Acts ask for roles where they are
 * done.
 */
final class PathRoles {
  // A path is matched as it is served: decoded, without parameters in it and empty parts.
  private static final String API = "api";

  private static final Map<String, Set<Role>> ROLES =
      Map.of(
          // R16, R60: numbers and names of orders, no amounts and no personal data to the
          // warehouse.
          "dashboard", EnumSet.allOf(Role.class),
          // R55: what is connected how; no secrets stand there. Who releases is asked by the act.
          "files", EnumSet.of(Role.OPS, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN),
          // R65, R68: tells amounts of the books, so not to the warehouse, and to who decides.
          "health",
              EnumSet.of(Role.OPS, Role.FINANCE, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN));

  private PathRoles() {}

  /**
   * Who may ask a path.
   *
   * @return empty for whoever may use the API
   */
  static Optional<Set<Role>> of(List<PathSegment> path) {
    List<String> parts =
        path.stream().map(PathSegment::getPath).filter(part -> !part.isEmpty()).toList();
    return parts.size() > 1 && parts.get(0).equals(API)
        ? Optional.ofNullable(ROLES.get(parts.get(1)))
        : Optional.empty();
  }
}
