package io.orderbridge.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person is in charge of. Callers of the API are given roles by settings. */
public enum Role {
  OPS,
  CS,
  WAREHOUSE,
  FINANCE,
  SRE,
  MANAGER,
  OWNER,
  ADMIN;

  /** The name in settings, files and answers, for example {@code finance}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException "is 'x', expected one of ..." when there is no such role
   */
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "is '%s', expected one of %s"
            .formatted(
                word, Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))));
  }
}
