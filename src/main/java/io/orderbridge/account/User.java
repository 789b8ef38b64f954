package io.orderbridge.account;

import io.orderbridge.kernel.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who may sign in.
 *
 * @param password as it is stored; empty until a link was used, and for who comes from outside
 */
public record User(
    String name,
    Origin origin,
    Set<Role> roles,
    Optional<String> password,
    Optional<Instant> lockedAt,
    Optional<Instant> signedInAt) {
  // As in acts and logs, where no two names may look alike: no capitals, no signs, no spaces.
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");

  /** Who knows the password: this product, or the company's own provider. */
  public enum Origin {
    LOCAL,
    OIDC
  }

  /**
   * A name as it is stored; capitals become small.
   *
   * @throws IllegalArgumentException when it cannot be one
   */
  static String name(String text) {
    String name = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'name' has 2 to 64 of a-z, 0-9 and . _ @ -, and begins with a letter or digit");
    }
    return name;
  }

  /** Whether somebody in charge keeps them out. */
  public boolean isLocked() {
    return lockedAt.isPresent();
  }

  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", name);
    view.put("origin", origin.name());
    view.put("roles", roles.stream().map(Role::word).sorted().toList());
    view.put("hasPassword", password.isPresent());
    view.put("lockedAt", lockedAt.map(Instant::toString).orElse(null));
    view.put("signedInAt", signedInAt.map(Instant::toString).orElse(null));
    return view;
  }

  @Override
  public String toString() {
    return "User[" + name + "]";
  }
}
