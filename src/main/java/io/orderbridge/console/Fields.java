package io.orderbridge.console;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields of forms, and of addresses that lead to pages. */
final class Fields {
  private Fields() {}

  /** What was typed, without spaces around it; empty when nothing was. */
  static String text(MultivaluedMap<String, String> form, String name) {
    String value = form.getFirst(name);
    return value == null ? "" : value.strip();
  }

  /** As the query of an address; those that are empty are left out, and empty when all are. */
  static String query(Map<String, String> fields) {
    String query =
        fields.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  /** The same with one more field, such as where to go on. */
  static String query(Map<String, String> fields, String name, Object value) {
    String query = query(fields);
    return query + (query.isEmpty() ? "?" : "&") + name + "=" + encoded(value.toString());
  }

  /** A text as one part of an address, or as a value of its query. */
  static String part(String text) {
    return encoded(text).replace("+", "%20");
  }

  // A plus is a space in a query, and a plus in a path.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
