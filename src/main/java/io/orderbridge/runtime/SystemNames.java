package io.orderbridge.runtime;

import io.orderbridge.mapping.NearNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The systems that rules speak of: groups of connections by their role, so that a rule is written
 * once for all shops. A connection that stands in no group is a typing error.
 */
final class SystemNames {
  private final Map<String, List<String>> groups;

  private SystemNames(Map<String, List<String>> groups) {
    this.groups = groups;
  }

  static SystemNames read(Section root) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    root.section("systems")
        .ifPresent(
            systems ->
                systems.each(
                    (role, holder) -> {
                      groups.put(role, holder.values(role, List.of(), SystemNames::connection));
                      if (groups.get(role).isEmpty()) {
                        holder.wrong(role, "'systems.%s' names no connection".formatted(role));
                      }
                    }));
    return new SystemNames(groups);
  }

  private static String connection(String text) {
    if (!text.matches("[a-z0-9][a-z0-9-]*")) {
      throw Notation.expected(text, "the name of a folder below routes/");
    }
    return text;
  }

  /**
   * The connections of a role, or the one connection of that name.
   *
   * @throws IllegalArgumentException when there is neither
   */
  List<String> named(String text) {
    List<String> group = groups.get(text);
    if (group != null) {
      return group;
    }
    TreeSet<String> known = new TreeSet<>(groups.keySet());
    groups.values().forEach(known::addAll);
    if (!known.contains(text)) {
      throw Notation.expected(
          text, "a role or a connection of 'systems', such as " + NearNames.of(text, known));
    }
    return List.of(text);
  }
}
