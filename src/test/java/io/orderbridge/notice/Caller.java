package io.orderbridge.notice;

import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;

/** Who calls the interface, as the sign-in would tell it. */
record Caller(String name, Set<Role> roles) implements SecurityContext {
  static Caller of(String name, Role... roles) {
    return new Caller(name, Set.of(roles));
  }

  @Override
  public Principal getUserPrincipal() {
    return () -> name;
  }

  @Override
  public boolean isUserInRole(String role) {
    return roles.contains(Role.of(role));
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String getAuthenticationScheme() {
    return "Bearer";
  }
}
