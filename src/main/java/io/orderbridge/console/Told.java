package io.orderbridge.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What features answer, as the maps that the API tells as well: taken apart for a page. */
final class Told {
  private Told() {}

  /** A value as a text; empty for none. */
  static String text(Map<String, Object> of, String key) {
    return Objects.toString(of.get(key), "");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> list(Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }

  static List<String> texts(Object value) {
    return value instanceof List<?> all ? all.stream().map(Objects::toString).toList() : List.of();
  }
}
