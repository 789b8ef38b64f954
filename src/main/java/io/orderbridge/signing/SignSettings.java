package io.orderbridge.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The settings of one {@code sign:} section, checked against what its scheme knows. */
final class SignSettings {
  static final String SCHEME = "scheme";

  private final String scheme;
  private final Map<String, String> texts;
  private final List<String> required;
  private final List<String> optional;

  /**
   * @throws IllegalArgumentException when a required setting is missing or empty, or one is
   *     unknown; names the keys, never a value
   */
  SignSettings(
      String scheme, Map<String, String> texts, List<String> required, List<String> optional) {
    this.scheme = scheme;
    this.texts = Map.copyOf(texts);
    this.required = required;
    this.optional = optional;
    for (String key : new TreeSet<>(texts.keySet())) {
      if (!key.equals(SCHEME) && !required.contains(key) && !optional.contains(key)) {
        throw wrong(key, "is unknown");
      }
    }
    required.forEach(this::required);
  }

  /** A setting that must be there. */
  String required(String key) {
    return optional(key).orElseThrow(() -> wrong(key, "is missing or empty"));
  }

  /** A setting that may be missing; an empty one counts as missing. */
  Optional<String> optional(String key) {
    return Optional.ofNullable(texts.get(key)).filter(text -> !text.isBlank());
  }

  String otherwise(String key, String standard) {
    return optional(key).orElse(standard);
  }

  Secret secret(String key) {
    return Secret.of(required(key));
  }

  /** A mistake in one setting, in words for integrators. */
  IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException(
        "'%s' of sign: %s; scheme %s knows %s".formatted(key, what, scheme, known()));
  }

  private String known() {
    List<String> parts = new ArrayList<>();
    if (!required.isEmpty()) {
      parts.add(String.join(", ", required) + " (required)");
    }
    if (!optional.isEmpty()) {
      parts.add(String.join(", ", optional) + " (optional)");
    }
    return parts.isEmpty() ? "no settings" : String.join("; ", parts);
  }
}
