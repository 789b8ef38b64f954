package io.orderbridge.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.release.Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which keys a JSON schema has at which place. Thread-safe; keeps the schema. */
final class SchemaKeys {
  private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf");

  private final JsonNode root;

  /**
   * @param resource of the class path
   */
  SchemaKeys(String resource) {
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      root = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys at a place, by name; {@code *} in it stands for the elements of a list. */
  List<Key> at(List<String> place) {
    Set<JsonNode> here = all(List.of(root));
    for (String step : place) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode schema : here) {
        JsonNode below =
            step.equals("*") ? schema.path("items") : schema.path("properties").path(step);
        if (below.isObject()) {
          next.add(below);
        }
      }
      here = all(next);
    }
    Map<String, Key> keys = new TreeMap<>();
    here.forEach(schema -> collect(schema, keys));
    return List.copyOf(keys.values());
  }

  /** Every key of the schema, wherever it stands. */
  List<Key> everywhere() {
    Map<String, Key> keys = new LinkedHashMap<>();
    Deque<JsonNode> left = new ArrayDeque<>(List.of(root));
    while (!left.isEmpty()) {
      JsonNode one = left.pop();
      collect(one, keys);
      one.forEach(left::add);
    }
    return List.copyOf(keys.values());
  }

  private void collect(JsonNode schema, Map<String, Key> keys) {
    JsonNode properties = schema.path("properties");
    properties
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.startsWith("__")) {
                JsonNode what = target(properties.path(name));
                keys.putIfAbsent(name, new Key(name, what.path("description").asText("")));
              }
            });
  }

  // A schema is its own text and that of all that it may be instead.
  private Set<JsonNode> all(List<JsonNode> schemas) {
    Set<JsonNode> found = new LinkedHashSet<>();
    Deque<JsonNode> left = new ArrayDeque<>(schemas);
    while (!left.isEmpty()) {
      JsonNode one = target(left.pop());
      if (found.add(one)) {
        for (String choice : CHOICES) {
          one.path(choice).forEach(left::add);
        }
      }
    }
    return found;
  }

  private JsonNode target(JsonNode schema) {
    String ref = schema.path("$ref").asText("");
    return ref.startsWith("#/") ? root.at(ref.substring(1)) : schema;
  }
}
