package io.orderbridge.ticket;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Who has to act: a role, or a person by the id that signs in.
 *
 * @param name one of {@link #ROLES}, or a person's id of at most 64 letters, digits and {@code
 *     ._@-}
 */
public record Owner(String name) {
  /** The roles that work can be given to. */
  public static final List<String> ROLES =
      List.of("ops", "cs", "warehouse", "finance", "sre", "manager");

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
    return java.util.stream.Stream.concat(ROLES.stream(), java.util.stream.Stream.of(PERSON))
        .toList();
  }
}
