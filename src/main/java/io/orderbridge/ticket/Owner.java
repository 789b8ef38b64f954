package io.orderbridge.ticket;

import io.orderbridge.kernel.Role;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who has to act: a role, or a person by the id that signs in.
 *
 * @param name one of {@link #ROLES}, or a person's id of at most 64 letters, digits and {@code
 *     ._@-}
 */
public record Owner(String name) {
  /** The roles that work can be given to. */
  public static final List<String> ROLES =
      Stream.of(Role.OPS, Role.CS, Role.WAREHOUSE, Role.FINANCE, Role.SRE, Role.MANAGER)
          .map(Role::word)
          .toList();

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,63}");
  private static final String PERSON = "person";

  public Owner {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an owner is a role (%s), or a person's id of at most 64 letters, digits and ._@-"
              .formatted(String.join(", ", ROLES)));
    }
  }

  public boolean isRole() {
    return ROLES.contains(name);
  }

  /** The role, or {@code person}: for metrics, whose labels must not grow with the staff. */
  String counted() {
    return isRole() ? name : PERSON;
  }

  /** Every value of {@link #counted}. */
  static List<String> allCounted() {
    return Stream.concat(ROLES.stream(), Stream.of(PERSON)).toList();
  }
}
